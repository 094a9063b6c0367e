"""Strict JSON: one object, no key twice, no numbers that JSON does not have."""

import json
import re

from engine.forms.properties import Report

MAX_BYTES = 1_000_000
"""Of one form file."""

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The escape of U+0000, and not that of a backslash before the letter u."""


def read_json(data: bytes, report: Report) -> dict[str, object] | None:
    """Return the object that *data* holds; None, and a finding, when it holds none."""
    if len(data) > MAX_BYTES:
        report.error(
            "form-too-large",
            None,
            f"The file is larger than {MAX_BYTES} bytes.",
            f"文件大于 {MAX_BYTES} 字节。",
        )
        return None
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object_without_doubles,
            parse_constant=_refuse_constant,
        )
        _refuse_impossible_text(document)
    except (ValueError, RecursionError) as error:
        report.error(
            "form-json", None, f"The file is not JSON: {error}.", f"文件不是有效的 JSON:{error}。"
        )
        return None
    if not isinstance(document, dict):
        report.error(
            "form-shape", None, "The file must hold one JSON object.", "文件必须是一个 JSON 对象。"
        )
        return None
    return document


def _object_without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {double!r} is there twice in one object")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def _refuse_impossible_text(document: object) -> None:
    """JSON can write halves of characters and the character 0, which no database keeps."""
    if _NUL.search(json.dumps(document, ensure_ascii=False).encode()):
        raise ValueError("a text holds the character U+0000")
