"""Joins and fields that most catalogues share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, exists, select

from engine.domain.search import Condition, Operator
from engine.errors import FieldProblem, InvalidInput
from engine.persistence.protection import seal
from engine.persistence.schema import definition, incident, process_instance, variable
from engine.persistence.search.catalogue import Match
from engine.persistence.search.predicates import compare, contains_all

OF_INSTANCE: dict[str, ColumnElement[Any]] = {
    "process_instance_key": process_instance.c.key,
    "root_process_instance_key": process_instance.c.root_key,
    "process_definition_key": process_instance.c.definition_key,
    "process_definition_id": process_instance.c.process_id,
}
"""What every thing inside a process instance says about where it is."""


def with_instance(table: Table) -> FromClause:
    """Return *table* with the process instance that its rows are in."""
    return table.outerjoin(process_instance, process_instance.c.key == table.c.process_instance_key)


def with_definition(source: FromClause) -> FromClause:
    """Return *source*, which holds the process instance, with that one's definition."""
    return source.outerjoin(definition, definition.c.key == process_instance.c.definition_key)


def has_tags(condition: Condition) -> ColumnElement[bool]:
    """Say that the process instance carries all the tags of the condition."""
    words = condition.value if isinstance(condition.value, Sequence) else ()
    return contains_all(process_instance.c.tags, words)


def active_incident(element_instance_key: ColumnElement[int]) -> ColumnElement[bool]:
    """Say that the element instance stands at an unresolved incident."""
    return exists().where(
        incident.c.element_instance_key == element_instance_key, incident.c.state == "ACTIVE"
    )


def active_incident_key(element_instance_key: ColumnElement[int]) -> ColumnElement[Any]:
    """Return the key of the element instance's oldest unresolved incident."""
    return (
        select(incident.c.key)
        .where(
            incident.c.element_instance_key == element_instance_key,
            incident.c.state == "ACTIVE",
        )
        .order_by(incident.c.key)
        .limit(1)
        .scalar_subquery()
    )


def variable_matches(scope: ColumnElement[bool]) -> Match:
    """Return a match for conditions on the value of a named variable of *scope*."""

    def matches(condition: Condition) -> ColumnElement[bool]:
        named = exists().where(scope, variable.c.name == condition.name)
        if condition.operator is Operator.EXISTS:
            return named if condition.value else ~named
        return named.where(sealed_value(condition))

    return matches


def sealed_value(condition: Condition) -> ColumnElement[bool]:
    """Say that the value of a variable is, or is not, the JSON value of the condition.

    Values are compared sealed, so nothing else can be asked of them.
    """
    match condition.operator:
        case Operator.EXISTS:
            return compare(variable.c.value, condition)
        case Operator.EQ:
            return variable.c.value == seal(condition.value)
        case Operator.NEQ:
            return variable.c.value != seal(condition.value)
        case Operator.IN:
            return variable.c.value.in_(_sealed(condition.value))
        case Operator.NOT_IN:
            return variable.c.value.not_in(_sealed(condition.value))
    message = (
        f"the value of a variable cannot be compared with {condition.operator}: it is kept "
        "sealed and can only be equal to another or not"
    )
    raise InvalidInput(message, [FieldProblem(pointer="/filter", code="operator", message=message)])


def _sealed(values: object) -> list[str]:
    return [seal(value) for value in values] if isinstance(values, Sequence) else []
