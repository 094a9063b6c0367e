"""Settings, read once from the environment; each is documented in docs/reference/settings.md."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self, get_type_hints

PREFIX = "REDRESS_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation may choose. Every field is ``REDRESS_<NAME>`` in the environment."""

    database_url: str = "sqlite:///.redress/redress.db"
    sqlite_synchronous: str = "FULL"
    document_folder: Path = Path(".redress/documents")
    document_max_bytes: int = 20 * 1024 * 1024
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    demo: bool = False
    metrics_token: str = field(default="", repr=False)
    time_zone: str = "Asia/Shanghai"
    session_idle_minutes: int = 60
    session_lifetime_minutes: int = 720

    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = False
    mail_from: str = "service@redress.example"
    payments_url: str = ""
    crm_url: str = ""
    orders_url: str = ""
    loyalty_url: str = ""
    connector_token: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    webhook_allowed_hosts: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read ``REDRESS_*``; a value that is no number or no yes/no raises ValueError by name."""
        hints = get_type_hints(cls)
        known = {f"{PREFIX}{f.name.upper()}": f.name for f in fields(cls)}
        unknown = sorted(n for n in env if n.startswith(PREFIX) and n not in known)
        if unknown:
            raise ValueError(f"unknown setting {unknown[0]}; known are {', '.join(sorted(known))}")
        chosen: dict[str, Any] = {
            field_name: _read(variable, env[variable], hints[field_name])
            for variable, field_name in known.items()
            if variable in env
        }
        return cls(**chosen)


_YES_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _read(variable: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in _YES_NO:
            raise ValueError(f"{variable} must be yes or no, not {text!r}")
        return _YES_NO[text.lower()]
    if kind is int and not (text.isascii() and text.isdigit()):
        raise ValueError(f"{variable} must be a whole number, not {text!r}")
    value: object = kind(text)
    return value
