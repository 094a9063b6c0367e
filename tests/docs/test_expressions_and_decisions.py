"""Do the pages about FEEL, DMN and findings say what the code does?"""

import re
from pathlib import Path

import pytest

import engine.dmn.analysis.report
import engine.dmn.examples
import engine.dmn.examples_reader
from engine.dmn.model import HitPolicy
from engine.feel import limits
from engine.feel.builtins import BUILTINS
from engine.feel.host_functions import HOST_FUNCTIONS
from tests.docs.feel_functions import PAGE, section, section_of_page

REFERENCE = PAGE.parent
FEEL = PAGE.read_text(encoding="utf-8")
DMN = (REFERENCE / "dmn.md").read_text(encoding="utf-8")
FINDINGS = (REFERENCE / "findings.md").read_text(encoding="utf-8")


def test_every_built_in_function_is_listed_as_it_is_declared() -> None:
    assert section_of_page() == section(), "python -m tests.docs.feel_functions renews them"


def test_the_number_of_built_in_functions_is_right() -> None:
    assert f"{len(BUILTINS)} built-in functions" in FEEL


@pytest.mark.parametrize("name", sorted(HOST_FUNCTIONS))
def test_every_function_of_the_host_is_named(name: str) -> None:
    assert f"`{name}(" in FEEL


@pytest.mark.parametrize(
    "name", sorted(name for name in vars(limits) if name.startswith("MAX_") and name.isupper())
)
def test_every_bound_is_named_with_its_value(name: str) -> None:
    value = f"{getattr(limits, name):,}".replace(",", " ")

    assert f"| {value} |" in FEEL


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_every_hit_policy_is_described(policy: HitPolicy) -> None:
    assert f"| {policy} |" in DMN


def test_every_rule_about_tables_and_examples_is_described_and_no_other() -> None:
    modules = (engine.dmn.analysis.report, engine.dmn.examples, engine.dmn.examples_reader)
    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules)

    described = set(re.findall(r"^\| `(dmn-[a-z-]+)`", FINDINGS, re.MULTILINE))
    assert described == set(re.findall(r'"(dmn-[a-z-]+)"', source))
