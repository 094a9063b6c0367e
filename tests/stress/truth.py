"""What must be true after any number of people did anything at once."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Table, select

from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from engine.persistence.protection import unseal
from engine.persistence.schema import (
    element_instance,
    history,
    incident,
    job,
    message,
    message_correlation,
    message_subscription,
    process_instance,
    signal_delivery,
    signal_subscription,
    timer,
    user_task,
    variable,
)
from engine.services.command import run
from tests.stress.replay import Replay, fact_from

ONCE_EACH = ("timer_key", "user_task_key", "job_key", "message_key")
"""What is worked off once: the fact with this key occurs once per instance."""
_ENDS = ("timer_fired", "task_completed", "job_completed", "message_received")
_WAITS = (timer, message_subscription, signal_subscription)


class Truth:
    """The database of a Redress at rest; each check returns what is wrong."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._facts = self._rows(history)
        self._instances = {row["key"]: row for row in self._rows(process_instance)}

    def faults(self, done: Sequence[tuple[str, int]]) -> list[str]:
        """Return all that is wrong, seen by those who were told that *done* has succeeded."""
        return [
            *self._broken_chains(),
            *self._done_twice(),
            *self._not_as_told(done),
            *self._tokens_without_rows(),
            *self._left_of_the_ended(),
            *self._missed_each_other(),
            *self._gone_another_way(),
        ]

    def faults_at_the_end(self, done: Sequence[tuple[str, int]]) -> list[str]:
        """Return all that is wrong once every case has ended and all that was due is done.

        Before that a signal may still be on its way to an instance that has ended: it is passed
        over when its turn comes.
        """
        undelivered = [
            f"the signal {row['signal_key']} is still on its way to {row['process_instance_key']}"
            for row in self._rows(signal_delivery)
        ]
        return self.faults(done) + undelivered

    def _broken_chains(self) -> list[str]:
        broken = []
        for stream, facts in groupby(self._facts, key=lambda fact: fact["stream_key"]):
            digest = b""
            for sequence, fact in enumerate(facts, start=1):
                digest = hashlib.sha256(digest + fact["payload"].encode()).digest()
                if (fact["sequence"], fact["digest"]) != (sequence, digest):
                    broken.append(f"the history of {stream} is broken at {sequence}")
        return broken

    def _done_twice(self) -> list[str]:
        ends = Counter(
            (fact["stream_key"], fact["kind"], details[name])
            for fact in self._facts
            if fact["kind"] in _ENDS
            for details in [fact_from(fact).details]
            for name in ONCE_EACH
            if name in details
        )
        return [f"{end} happened {count} times" for end, count in ends.items() if count > 1]

    def _not_as_told(self, done: Sequence[tuple[str, int]]) -> list[str]:
        """Whoever was told of a success finds it in the history, and there are no others."""
        told = Counter(what for what, _ in done)
        kinds = Counter(fact["kind"] for fact in self._facts)
        wrong = [
            f"{what} succeeded {told[what]} times and is recorded {kinds[what]} times"
            for what in ("task_completed", "job_completed", "cancel_requested", "incident_retried")
            if told[what] != kinds[what]
        ]
        for what, table in (("task_completed", user_task), ("job_completed", job)):
            ended = {row["key"] for row in self._rows(table) if row["state"] == "COMPLETED"}
            if ended != {key for each, key in done if each == what}:
                wrong.append(f"other rows are completed than those of whom {what} was told")
        return wrong

    def _tokens_without_rows(self) -> list[str]:
        """Each instance that runs stands where its rows say, and waits for what they say."""
        visits = self._by_instance(element_instance, state="ACTIVE")
        tasks = self._by_instance(user_task, state="CREATED")
        waits = {table.name: self._by_instance(table) for table in _WAITS}
        wrong = []
        for key, row in self._instances.items():
            if row["state"] != "ACTIVE":
                continue
            tokens = self._tokens(key)
            stands = {each for each in tokens if each in visits.get(key, {})}
            if stands != set(visits.get(key, {})):
                wrong.append(f"{key} has rows of visits without tokens")
            asked = {each for each, type in visits.get(key, {}).items() if type == "USER_TASK"}
            if asked != set(tasks.get(key, {})):
                wrong.append(f"{key} has other tasks than visits of user tasks")
            for name, waiting in waits.items():
                if not set(waiting.get(key, {})) <= tokens:
                    wrong.append(f"{key} has a {name} that no token waits for")
        return wrong

    def _tokens(self, key: int) -> set[int]:
        context = self._app.instances._context
        return run(context, ENGINE, lambda c: set(c.view(key).execution._instance.tokens))

    def _left_of_the_ended(self) -> list[str]:
        ended = {key for key, row in self._instances.items() if row["state"] != "ACTIVE"}
        left = [
            f"{table.name} {row['key']} is left of {row['process_instance_key']}"
            for table, open_states in (
                (user_task, {"CREATED"}),
                (job, {"CREATED", "FAILED"}),
                (incident, {"ACTIVE"}),
                (element_instance, {"ACTIVE"}),
            )
            for row in self._rows(table)
            if row["state"] in open_states and row["process_instance_key"] in ended
        ]
        left += [
            f"a {table.name} is left of {row['process_instance_key']}"
            for table in _WAITS
            for row in self._rows(table)
            if row["process_instance_key"] in ended
        ]
        counted = Counter(
            row["process_instance_key"] for row in self._rows(incident) if row["state"] == "ACTIVE"
        )
        left += [
            f"{key} counts {row['incident_count']} incidents of {counted[key]}"
            for key, row in self._instances.items()
            if row["incident_count"] != counted[key]
        ]
        return left

    def _missed_each_other(self) -> list[str]:
        """No message is kept that somebody waits for whose process has not had it."""
        now = self._app.clock.now()
        had = {(row["message_key"], row["process_id"]) for row in self._rows(message_correlation)}
        return [
            f"{wait['process_instance_key']} waits for the message {kept['key']}, which is kept"
            for wait in self._rows(message_subscription)
            for kept in self._rows(message)
            if (kept["name"], kept["correlation_key"])
            == (wait["message_name"], wait["correlation_key"])
            and kept["expires_at"] > now
            and (kept["key"], self._instances[wait["process_instance_key"]]["process_id"])
            not in had
        ]

    def _gone_another_way(self) -> list[str]:
        """Each instance went the way of its own commands, as if nobody else had been there."""
        models, database = self._app.instances._context.models, self._app.database
        worked_on = {
            row["key"]: row["element_instance_key"]
            for table in (user_task, job)
            for row in self._rows(table)
        }
        called = {row["parent_element_instance_key"]: key for key, row in self._instances.items()}
        variables: dict[int, dict[str, object]] = {}
        for row in self._rows(variable):
            variables.setdefault(row["scope_key"], {})[row["name"]] = unseal(row["value"])
        wrong = []
        for stream, facts in groupby(self._facts, key=lambda fact: fact["stream_key"]):
            if stream not in self._instances:
                continue
            with database.read() as connection:
                definition_key = self._instances[stream]["definition_key"]
                definition = models.definition(connection, definition_key)
                model = models.process(connection, definition)
            replay = Replay(
                model,
                instance_key=stream,
                worked_on=worked_on,
                results=lambda call: variables[called[call]],
            )
            differences = replay.differences([fact_from(fact) for fact in facts])
            wrong += [f"{stream}: {difference}" for difference in differences]
        return wrong

    def _by_instance(self, table: Table, **where: str) -> dict[int, dict[int, Any]]:
        """Return the element types, or None, by element instance, of each instance's rows."""
        found: dict[int, dict[int, Any]] = {}
        for row in self._rows(table):
            if all(row[name] == value for name, value in where.items()):
                element = row.get("element_instance_key") or row["key"]
                instance = found.setdefault(row["process_instance_key"], {})
                instance[element] = row.get("element_type")
        return found

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        with self._app.database.read() as connection:
            rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            return [dict(row) for row in rows]
