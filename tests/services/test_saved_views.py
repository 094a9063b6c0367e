"""Does everybody find the own views and those of the group, in the own order?"""

import pytest

from engine.domain.identity import Actor, Role
from engine.errors import Forbidden, InvalidInput, LimitExceeded, NotFound
from engine.services.saved_views import MAX_VIEWS
from tests.services.conftest import ADAM, ALICE, ROOT, WANDA, Desk

LATE = {"due": "overdue"}


def names(desk: Desk, actor: Actor) -> list[str]:
    return [view.name for view in desk.app.saved_views.offered(actor, "work")]


def test_a_view_comes_back_as_it_was_saved(desk: Desk) -> None:
    desk.app.saved_views.save(ALICE, "work", " 逾期 ", {"due": "overdue", "desc": True})

    (view,) = desk.app.saved_views.offered(ALICE, "work")
    assert (view.name, view.query) == ("逾期", {"due": "overdue", "desc": True})


def test_nobody_sees_the_views_of_somebody_else(desk: Desk) -> None:
    desk.app.saved_views.save(ALICE, "work", "late", LATE)

    assert names(desk, ADAM) == []


def test_a_shared_view_is_seen_by_the_group_after_the_own_ones(desk: Desk) -> None:
    desk.app.saved_views.save(ALICE, "work", "a shared one", LATE, shared_with=Role.AGENT)
    desk.app.saved_views.save(ADAM, "work", "his own", LATE)

    assert names(desk, ADAM) == ["his own", "a shared one"]
    assert names(desk, WANDA) == []


def test_the_one_made_first_is_the_default_and_the_others_keep_their_order(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        desk.app.saved_views.save(ALICE, "work", name, LATE)

    desk.app.saved_views.save(ALICE, "work", "three", LATE, is_first=True)

    assert names(desk, ALICE) == ["three", "one", "two"]


def test_saving_under_the_same_name_replaces_the_view(desk: Desk) -> None:
    desk.app.saved_views.save(ALICE, "work", "late", LATE)
    desk.app.saved_views.save(ALICE, "work", "late", {"view": "mine"})

    assert [v.query for v in desk.app.saved_views.offered(ALICE, "work")] == [{"view": "mine"}]


def test_only_members_share_with_a_group(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="only members"):
        desk.app.saved_views.save(ALICE, "work", "late", LATE, shared_with=Role.WAREHOUSE)


def test_an_administrator_removes_what_somebody_left_behind(desk: Desk) -> None:
    desk.app.saved_views.save(ALICE, "work", "late", LATE, shared_with=Role.AGENT)

    with pytest.raises(Forbidden):
        desk.app.saved_views.remove(ADAM, "work", "late", owner="alice")
    desk.app.saved_views.remove(ROOT, "work", "late", owner="alice")

    assert names(desk, ADAM) == []
    with pytest.raises(NotFound):
        desk.app.saved_views.remove(ALICE, "work", "late")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput):
        desk.app.saved_views.save(ALICE, "work", name, LATE)


def test_nobody_piles_up_views(desk: Desk) -> None:
    for number in range(MAX_VIEWS):
        desk.app.saved_views.save(ALICE, "work", f"view {number}", LATE)

    with pytest.raises(LimitExceeded):
        desk.app.saved_views.save(ALICE, "work", "one too many", LATE)
    desk.app.saved_views.save(ALICE, "work", "view 1", {"view": "all"})
