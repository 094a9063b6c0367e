"""Puts rows into an empty database, each with plain values unless a test says otherwise."""

import itertools
from datetime import UTC, datetime
from typing import Any

from engine.persistence.database import Connection
from engine.persistence.protection import seal
from engine.persistence.schema import (
    decision_evaluation,
    definition,
    element_instance,
    incident,
    job,
    message_subscription,
    process_instance,
    resource,
    user_task,
    user_task_candidate,
    variable,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Seed:
    """Inserts with one connection; every method returns the key of the new row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys = itertools.count(2251799813685249)

    def definition(self, id: str = "complaint", *, kind: str = "process", **values: Any) -> int:
        file = self._insert(
            resource,
            name=values.pop("resource_name", f"{id}.bpmn"),
            sha256="0" * 64,
            content=values.pop("content", b"<xml/>"),
        )
        return self._insert(
            definition,
            kind=kind,
            id=id,
            resource_key=file,
            **{"version": 1, "name": id.title(), "deployment_key": 1} | values,
        )

    def instance(self, definition_key: int, **values: Any) -> int:
        key = next(self._keys)
        plain = {
            "process_id": "complaint",
            "root_key": key,
            "state": "ACTIVE",
            "tags": [],
            "started_at": START,
            "started_by": "demo",
            "revision": 1,
            "history_sequence": 0,
            "history_digest": b"",
        }
        return self._insert(
            process_instance, key=key, definition_key=definition_key, **plain | values
        )

    def element(self, instance_key: int, **values: Any) -> int:
        plain = {
            "element_id": "approve_refund",
            "element_type": "USER_TASK",
            "scope_key": instance_key,
            "state": "ACTIVE",
            "started_at": START,
        }
        return self._insert(element_instance, process_instance_key=instance_key, **plain | values)

    def task(
        self,
        instance_key: int,
        *,
        groups: tuple[str, ...] = (),
        users: tuple[str, ...] = (),
        **values: Any,
    ) -> int:
        element = values.pop("element_instance_key", None) or self.element(instance_key)
        plain = {
            "definition_key": 1,
            "element_id": "approve_refund",
            "element_instance_key": element,
            "name": "Approve the refund",
            "state": "CREATED",
            "priority": 50,
            "properties": {},
            "created_at": START,
            "revision": 1,
        }
        key = self._insert(
            user_task,
            process_instance_key=instance_key,
            candidate_groups=list(groups),
            candidate_users=list(users),
            **plain | values,
        )
        named = [("group", g) for g in groups] + [("user", u) for u in users]
        for kind, name in named:
            self._connection.execute(
                user_task_candidate.insert().values(user_task_key=key, kind=kind, name=name)
            )
        return key

    def variable(self, instance_key: int, name: str, value: object, **values: Any) -> int:
        plain = {"scope_key": instance_key, "classification": "internal"}
        return self._insert(
            variable,
            process_instance_key=instance_key,
            name=name,
            value=seal(value),
            **plain | values,
        )

    def job(self, instance_key: int, **values: Any) -> int:
        plain = {
            "type": "redress:refund",
            "kind": "BPMN_ELEMENT",
            "state": "CREATED",
            "definition_key": 1,
            "element_id": "pay",
            "element_instance_key": next(self._keys),
            "headers": {},
            "retries": 3,
            "created_at": START,
            "updated_at": START,
        }
        return self._insert(job, process_instance_key=instance_key, **plain | values)

    def incident(self, instance_key: int, **values: Any) -> int:
        plain = {
            "definition_key": 1,
            "element_id": "pay",
            "element_instance_key": next(self._keys),
            "error_type": "JOB_NO_RETRIES",
            "message": "the bank does not answer",
            "state": "ACTIVE",
            "created_at": START,
        }
        return self._insert(incident, process_instance_key=instance_key, **plain | values)

    def subscription(self, **values: Any) -> int:
        plain = {
            "message_name": "parcel_received",
            "element_id": "wait_for_parcel",
            "interrupting": True,
            "created_at": START,
        }
        return self._insert(message_subscription, **plain | values)

    def evaluation(self, decision_key: int, **values: Any) -> int:
        plain = {
            "evaluated_at": START,
            "evaluations": seal(values.pop("evaluations", [])),
            "output": seal(values.pop("output", "high")),
        }
        return self._insert(decision_evaluation, decision_key=decision_key, **plain | values)

    def _insert(self, table: Any, **values: Any) -> int:
        key = values.setdefault("key", next(self._keys))
        self._connection.execute(table.insert().values(**values))
        return int(key)
