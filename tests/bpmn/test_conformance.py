"""Does the reference page say of every construct what really becomes of it?"""

import pytest

from engine.bpmn import Limits, parse_process
from engine.domain.findings import Finding
from engine.errors import DeploymentRefused
from tests.bpmn.conformance import DRAWN, PAGE, REFUSED, ROWS, RUNS, Row, page

BY_NAME = {"unsupported-element", "loop-cardinality"}
"""The rules by which a construct is refused, and not what is missing around it."""


def verdict(row: Row) -> str:
    """Deploy the probe of a row."""
    try:
        findings = parse_process(row.probe.xml(), resource_name="probe.bpmn").findings
    except DeploymentRefused as refusal:
        rules = {found.rule for found in refusal.findings if isinstance(found, Finding)}
        return REFUSED if rules & BY_NAME else f"broken probe: {rules}"
    return DRAWN if any(found.rule == "not-executed" for found in findings) else RUNS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_verdict_is_that_of_a_deployment(row: Row) -> None:
    assert verdict(row) == row.verdict


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_the_bounds_of_a_command() -> None:
    assert Limits() == Limits(steps=50_000, tokens=10_000, seconds=15)
