"""Under which number does a customer hear of a matter?"""

import re

import pytest

from tests.models.shop import MONDAY, Case, Shop
from tests.models.test_complaint_runs import COMPLAINT
from tests.models.test_follow_up_runs import REQUEST as FOLLOW_UP
from tests.models.test_return_runs import REQUEST as RETURN

each_process = pytest.mark.parametrize(
    ("process", "start_event", "variables", "letter"),
    [
        pytest.param("complaint", "complaint_raised", COMPLAINT, "C", id="complaint"),
        pytest.param("return", "return_requested", RETURN, "R", id="return"),
        pytest.param("follow_up", "follow_up_requested", FOLLOW_UP, "F", id="follow_up"),
    ],
)


def registered(
    process: str, start_event: str, variables: dict[str, object], *, own_number: str | None
) -> object:
    """Start the process and return the number that it keeps."""
    shop = Shop()
    shop.number = own_number
    return Case(process, shop).start(start_event, **variables).variables[f"{process}_number"]


@each_process
def test_the_number_of_the_instance_is_the_number_of_the_matter(
    process: str, start_event: str, variables: dict[str, object], letter: str
) -> None:
    assert registered(process, start_event, variables, own_number="2026-000007-2") == (
        "2026-000007-2"
    )


@each_process
def test_a_number_that_is_given_stays(
    process: str, start_event: str, variables: dict[str, object], letter: str
) -> None:
    given = variables | {f"{process}_number": "SHOP-4711"}

    assert registered(process, start_event, given, own_number="2026-000007") == "SHOP-4711"


@each_process
def test_where_no_number_is_known_one_is_made_with_the_date(
    process: str, start_event: str, variables: dict[str, object], letter: str
) -> None:
    made = registered(process, start_event, variables, own_number=None)

    assert re.fullmatch(rf"{letter}-{MONDAY:%Y%m%d}-[0-9A-F]{{8}}", str(made))
