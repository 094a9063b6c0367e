"""Finds the shipped models and forms, in a checkout and in an installed wheel alike."""

import json
from importlib.resources import files
from typing import Any

_FOLDERS = (
    ("workflows", "bpmn", ".bpmn"),
    ("workflows", "dmn", ".dmn"),
    ("forms", "", ".form"),
)


def shipped_models() -> dict[str, bytes]:
    """Return every shipped process, decision and form, by file name, sorted."""
    found: dict[str, bytes] = {}
    for package, folder, suffix in _FOLDERS:
        root = files(package) / folder if folder else files(package)
        found.update({f.name: f.read_bytes() for f in root.iterdir() if f.name.endswith(suffix)})
    return dict(sorted(found.items()))


def shipped_templates() -> list[dict[str, Any]]:
    """Return the element templates of the connectors, by file name."""
    found = [f for f in (files("workflows") / "templates").iterdir() if f.name.endswith(".json")]
    return [json.loads(f.read_text(encoding="utf-8")) for f in sorted(found, key=lambda f: f.name)]


def shipped_message(template: str, language: str) -> str | None:
    """Return the text of a message template, or None if there is none in that language."""
    found = files("workflows") / "messages" / f"{template}.{language}.txt"
    return found.read_text(encoding="utf-8") if found.is_file() else None
