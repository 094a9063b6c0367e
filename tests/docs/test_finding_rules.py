"""Is every rule of deployment, linter and importer on the page, and shown by a test?"""

from pathlib import Path

import pytest

from engine.bpmn.refuse import RULES as DEPLOYMENT
from engine.importer.rules import RULES as IMPORTER
from engine.lint import RULES as LINTER
from engine.services.call_cycles import RULES as CALLS
from tests.docs.finding_rules import sections, sections_of_page

TESTS = Path(__file__).parents[1]


def test_the_page_says_what_the_code_says() -> None:
    assert sections_of_page() == sections(), "python -m tests.docs.finding_rules renews them"


def test_a_rule_means_one_thing() -> None:
    assert set(LINTER) & set(IMPORTER) == set()


@pytest.mark.parametrize(
    ("rule", "folder"),
    [
        *((rule, "services") for rule in CALLS),
        *((rule, "bpmn") for rule in DEPLOYMENT),
        *((rule, "lint") for rule in LINTER),
        *((rule, "importer") for rule in IMPORTER),
    ],
)
def test_every_rule_is_shown_by_a_test(rule: str, folder: str) -> None:
    texts = (file.read_text(encoding="utf-8") for file in (TESTS / folder).glob("test_*.py"))

    assert any(f'"{rule}"' in text for text in texts)
