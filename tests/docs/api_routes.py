"""Writes the tables of docs/reference/api.md from the routes themselves.

python -m tests.docs.api_routes
"""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic.alias_generators import to_camel

from api.operation import Operation
from api.routes import OPERATIONS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
START = "## Routes\n"
_OURS = (
    "What Camunda has no word for is under `/api`. `/openapi.json` says every property and every\n"
    "answer.\n"
)


def tables() -> str:
    """Return one table per subject for `/api`, and the names of what is under `/v2`."""
    ours: dict[str, list[Operation]] = {}
    camunda: set[str] = set()
    for one in OPERATIONS:
        if one.path.startswith("/api/"):
            ours.setdefault(one.tag, []).append(one)
        else:
            camunda.add(one.tag.lower())
    sections = [f"### {tag}\n\n{_table(routes)}" for tag, routes in sorted(ours.items())]
    contract = f"### Under `/v2`\n\nAs Camunda 8 has them: {', '.join(sorted(camunda))}.\n"
    return "\n".join([START, _OURS, *sections, contract])


def tables_of_page() -> str:
    """Return what the page says."""
    text = PAGE.read_text(encoding="utf-8")
    return text[text.index(START) :]


def _table(routes: Iterable[Operation]) -> str:
    rows = [f"| `{one.method} {_path(one.path)}` | {one.summary} |" for one in routes]
    return "\n".join(["| route | what it does |", "|---|---|", *rows]) + "\n"


def _path(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: f"{{{to_camel(m[1])}}}", rule)


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(before[: before.index(START)] + tables(), encoding="utf-8")
