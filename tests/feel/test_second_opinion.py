"""Does feelin, the interpreter inside Camunda Modeler, understand FEEL as we do?"""

from collections import Counter

import pytest

from tests.feel.differential.feelin import differences, questions
from tests.feel.differential.questions import VARIABLES
from tests.feel.evaluating import value_of

SEEDS = range(2000)


def test_both_give_the_same_answers() -> None:
    assert differences(questions(SEEDS)) == []


def test_the_questions_are_about_values_and_not_about_errors() -> None:
    asked = [each["expression"] for each in questions(SEEDS) if "expression" in each]
    kinds = Counter(type(value_of(str(each), VARIABLES)).__name__ for each in asked)

    assert kinds["NoneType"] < len(asked) / 10
    assert all(kinds[kind] > len(asked) / 20 for kind in ("Decimal", "str", "bool", "list", "date"))


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("5 between 9 and 1", id="feelin-turns-the-ends-round"),
        pytest.param("[1] = [1, 2]", id="feelin-finds-lists-of-unlike-length-incomparable"),
        pytest.param("0.1 + 0.2 = 0.3", id="feelin-counts-in-binary"),
    ],
)
def test_a_difference_is_noticed(expression: str) -> None:
    question = {"expression": expression, "context": VARIABLES}

    assert [each.question for each in differences([question])] == [question]
