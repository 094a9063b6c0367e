"""The work list: open user tasks by who is to do them, at once for small groups and for large ones.

One condition "for me or for one of my groups" makes a database walk over all open tasks of the
shop to find the few of a small group. The work list asks by *ways* instead: one for each list of
groups that open tasks are offered to, each a range of the index `ix_user_task_offered` in the order
of due dates. The few different lists are found by jumping through the same index.
"""

from collections.abc import Collection

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    func,
    literal_column,
    or_,
    select,
)

from engine.persistence.columns import text_in
from engine.persistence.hints import by_index, unindexed
from engine.persistence.schema import (
    MAX_OFFERED,
    process_instance,
    user_task,
    user_task_candidate,
)
from engine.persistence.search.visibility import Visible, is_candidate

# Indexes of a part of the table are used only where the statement names that part literally.
OPEN: Visible = user_task.c.state == literal_column("'CREATED'")
UNCLAIMED: Visible = unindexed(user_task.c.assignee).is_(None)
_OFFERED: ColumnElement[str] = literal_column(
    f"substr(user_task.candidate_groups, 1, {MAX_OFFERED})", String
)
_MAX_WAYS = 12


def mine(username: str) -> Visible:
    """Say of a task that the person has it."""
    return OPEN & (user_task.c.assignee == username)


def offered(connection: Connection, username: str, groups: Collection[str]) -> list[Visible]:
    """Return the ways in which open tasks are offered to the person, claimed ones too."""
    short, long = [], []
    for one in _offers(connection):
        if len(one) == MAX_OFFERED:
            long.append(one)
        elif not set(groups).isdisjoint(orjson.loads(one)):
            short.append(one)
    ways = [OPEN & (one == _OFFERED) for one in short[:_MAX_WAYS]]
    if short[_MAX_WAYS:]:
        ways.append(OPEN & _OFFERED.in_(short[_MAX_WAYS:]))
    if long:
        in_group = is_candidate("group", user_task_candidate.c.name.in_(sorted(groups)))
        ways.append(OPEN & _OFFERED.in_(long) & in_group)
    return [*ways, _by_name(username)]


def shows(text: str) -> Visible:
    """Say of a task that its case number or its name, in either language, contains the text."""
    names = [
        user_task.c.name,
        *(text_in(user_task.c.properties, n) for n in ("name.en", "name.zh")),
    ]
    return or_(
        process_instance.c.business_id.icontains(text, autoescape=True),
        *(name.icontains(text, autoescape=True) for name in names),
    )


def _by_name(username: str) -> Visible:
    named = select(user_task_candidate.c.user_task_key).where(
        user_task_candidate.c.kind == "user", user_task_candidate.c.name == username
    )
    is_open = unindexed(user_task.c.state) == "CREATED"
    return is_open & user_task.c.key.in_(named)


def _offers(connection: Connection) -> list[str]:
    """Return to which lists of groups open tasks are offered, cut at `MAX_OFFERED` letters."""
    first = _by_index(select(func.min(_OFFERED).label("groups")))
    found = first.cte("found", recursive=True)
    following = (
        _by_index(select(func.min(_OFFERED))).where(found.c.groups < _OFFERED).scalar_subquery()
    )
    lists = found.union_all(select(following).where(found.c.groups.is_not(None)))
    return list(
        connection.execute(select(lists.c.groups).where(lists.c.groups.is_not(None))).scalars()
    )


def _by_index(statement: Select[tuple[str]]) -> Select[tuple[str]]:
    """Ask for open tasks by what they are offered to: SQLite would walk over all of them."""
    of_tasks = statement.select_from(user_task).where(OPEN)
    return by_index(of_tasks, user_task, "ix_user_task_offered")
