"""User tasks: the work lists."""

from typing import Any

from sqlalchemy import ColumnElement, exists

from engine.domain.search import Condition
from engine.domain.views import UserTaskView
from engine.persistence.schema import (
    definition,
    process_instance,
    user_task,
    user_task_candidate,
    variable,
)
from engine.persistence.search.catalogue import Catalogue, Match
from engine.persistence.search.common import (
    OF_INSTANCE,
    has_tags,
    variable_matches,
    with_definition,
    with_instance,
)
from engine.persistence.search.predicates import holds_all


def _candidates(kind: str) -> Match:
    def has_candidate(is_named: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(
            user_task_candidate.c.user_task_key == user_task.c.key,
            user_task_candidate.c.kind == kind,
            is_named,
        )

    def matches(condition: Condition) -> ColumnElement[bool]:
        return holds_all(has_candidate, user_task_candidate.c.name, condition)

    return matches


_columns: dict[str, ColumnElement[Any]] = {
    **OF_INSTANCE,
    "user_task_key": user_task.c.key,
    "process_instance_key": user_task.c.process_instance_key,
    "process_definition_key": user_task.c.definition_key,
    "element_id": user_task.c.element_id,
    "element_instance_key": user_task.c.element_instance_key,
    "name": user_task.c.name,
    "state": user_task.c.state,
    "assignee": user_task.c.assignee,
    "candidate_groups": user_task.c.candidate_groups,
    "candidate_users": user_task.c.candidate_users,
    "priority": user_task.c.priority,
    "form_key": user_task.c.form_key,
    "process_definition_version": definition.c.version,
    "process_name": definition.c.name,
    "business_id": process_instance.c.business_id,
    "tags": process_instance.c.tags,
    "custom_headers": user_task.c.properties,
    "creation_date": user_task.c.created_at,
    "completion_date": user_task.c.ended_at,
    "due_date": user_task.c.due_date,
    "follow_up_date": user_task.c.follow_up_date,
}

USER_TASKS = Catalogue(
    view=UserTaskView,
    source=with_definition(with_instance(user_task)),
    key="user_task_key",
    columns=_columns,
    matches={
        "candidate_group": _candidates("group"),
        "candidate_user": _candidates("user"),
        "tags": has_tags,
        "process_instance_variables": variable_matches(
            variable.c.process_instance_key == user_task.c.process_instance_key
        ),
        "local_variables": variable_matches(
            variable.c.scope_key == user_task.c.element_instance_key
        ),
    },
    indexed={"due_date"},
)
