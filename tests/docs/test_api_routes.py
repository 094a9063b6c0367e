"""Is every route on the page, and every list bounded?"""

import pytest

from api.operation import Operation
from api.pages import MAX_LIMIT, PageOf, PageQuery
from api.routes import OPERATIONS
from tests.docs.api_routes import tables, tables_of_page

LISTS = [
    one for one in OPERATIONS if isinstance(one.response, type) and issubclass(one.response, PageOf)
]


def test_the_page_says_what_the_routes_are() -> None:
    assert tables_of_page() == tables(), "python -m tests.docs.api_routes renews them"


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_every_list_has_a_bound_and_a_cursor(one: Operation) -> None:
    assert one.query is not None
    assert issubclass(one.query, PageQuery)
    assert one.query.model_fields["limit"].metadata[-1].le == MAX_LIMIT
