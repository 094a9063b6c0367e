"""Which cases are asked for, said so that neither few nor many of them take long to find.

A list shows the newest cases first. Where many fit, a database that goes through the cases in this
order soon has a page of them; where few do, it would go through all that there ever were. So it
is first counted, by an index of what is asked for, whether the cases that fit are few: if so they
are named, else each case is asked whether it fits.
"""

from collections.abc import Sequence

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    String,
    and_,
    exists,
    literal_column,
    or_,
    select,
    union_all,
)

from engine.persistence.hints import by_index
from engine.persistence.protection import seal
from engine.persistence.retail import CASE_OF, MAX_LOOKED_FOR
from engine.persistence.schema import definition, process_instance, user_task, variable
from engine.persistence.search.cases import FIRST, SAME_CASE
from engine.persistence.search.visibility import Visible

FEW = 5_000
"""So many may be named; where there are more, one in some hundred cases fits."""

Numbers = Select[tuple[str | None]] | CompoundSelect[tuple[str | None]]

_number = process_instance.c.business_id
_active: Visible = process_instance.c.state == "ACTIVE"
_beginning = literal_column(f"substr(variable.value, 1, {MAX_LOOKED_FOR})", String)
_whole = variable.c.value.concat("")  # asked for the column itself, SQLite leaves the index
_by_another: Visible = user_task.c.completed_by != user_task.c.assignee


def with_number(connection: Connection, text: str) -> Visible:
    """Say of a case that it has this number; where none has, that its number contains the text."""
    whole = select(_number).where(_number == text).limit(1)
    if connection.execute(whole).first():
        return FIRST.c.business_id == text
    return _fits(
        connection,
        select(_number).where(_number.icontains(text, autoescape=True)),
        FIRST.c.business_id.icontains(text, autoescape=True),
    )


def with_party(connection: Connection, values: Sequence[object]) -> Visible:
    """Say of a case that it is a customer's, or about an order, with one of these ids."""
    sealed = [seal(value) for value in values]
    has_one = and_(
        CASE_OF,
        _beginning.in_([one[:MAX_LOOKED_FOR] for one in sealed]),
        _whole.in_(sealed),
    )
    of_instance = variable.c.process_instance_key == process_instance.c.key
    numbers = select(_number).join(variable, of_instance).where(has_one)
    of_few = by_index(numbers, variable, "ix_variable_case_of")
    return _fits(connection, of_few, _has_instance(exists().where(of_instance, has_one)))


def involving(connection: Connection, person: str) -> Visible:
    """Say of a case that somebody started it, or has or had a task in it."""
    of_instance = user_task.c.process_instance_key == process_instance.c.key
    its_number = select(_number).where(of_instance).scalar_subquery()
    with_task = select(its_number).select_from(user_task)  # joined, PostgreSQL would hash all cases
    did_another_s = and_(user_task.c.completed_by == person, _by_another)
    numbers = union_all(
        select(_number).where(process_instance.c.started_by == person),
        with_task.where(user_task.c.assignee == person),
        with_task.where(did_another_s),
    )
    of_person = or_(user_task.c.assignee == person, user_task.c.completed_by == person)
    one = select(user_task.c.key).where(of_instance, of_person)
    of_task = by_index(one, user_task, "ix_user_task_process_instance_key_element_id")
    worked = _has_instance(of_task.offset(0).exists())
    return _fits(connection, numbers, or_(FIRST.c.started_by == person, worked))


def with_process(connection: Connection, process_id: str) -> Visible:
    """Say of a case that one of its instances is of the process."""
    versions = select(definition.c.key).where(
        definition.c.kind == "process", definition.c.id == process_id
    )
    numbers = select(_number).where(process_instance.c.definition_key.in_(versions))
    return _fits(connection, numbers, _has_instance(process_instance.c.process_id == process_id))


def is_active(connection: Connection) -> Visible:
    """Say of a case that one of its instances is active."""
    return _fits(connection, select(_number).where(_active), _has_instance(_active))


def has_ended() -> Visible:
    """Say of a case that none of its instances is active."""
    return ~_has_instance(_active)


def _has_instance(that: Visible) -> Visible:
    """Say of a case that one of its instances is so, asked for each case by itself.

    PostgreSQL would rather join all cases there are; the OFFSET tells it not to.
    """
    one = select(process_instance.c.key).where(SAME_CASE, that)
    index = "ix_process_instance_business_id_process_id_case_ordinal"
    return by_index(one, process_instance, index).offset(0).exists()


def _fits(connection: Connection, numbers: Numbers, each: Visible) -> Visible:
    """Name the cases that fit if they are few; else say of each that it fits."""
    few = connection.execute(numbers.limit(FEW + 1)).scalars().all()
    return each if len(few) > FEW else FIRST.c.business_id.in_(set(few))
