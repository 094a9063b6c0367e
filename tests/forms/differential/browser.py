"""Asks form-js itself what it thinks of forms and patterns."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.node import node, workbench

HERE = Path(__file__).parent


def ask(questions: Mapping[str, object]) -> dict[str, list[object]]:
    """Return the oracle's answers; see ``oracle.mjs`` for the shapes."""
    place = workbench(HERE, "forms-oracle")
    answer = node(["oracle.mjs"], place, stdin=json.dumps(questions), env={"TZ": "UTC"})
    found: dict[str, list[object]] = json.loads(answer)
    return found
