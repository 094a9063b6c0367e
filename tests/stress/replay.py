"""An oracle: the commands of one history, carried out again one after the other.

An instance that many have worked on at once must have gone the way that its commands lead when
nobody else is there. The engine alone replays them, without database, threads or nodes; its facts
must be those that were recorded, in number, order and content. Keys differ and are matched.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from engine.bpmn import DecisionAnswer, Execution, ProcessModel
from engine.domain.events import Reference
from engine.services import recorder
from tests.services.conftest import NOON

COMMANDS = frozenset(
    {
        "instance_started",
        "task_completed",
        "job_completed",
        "timer_fired",
        "message_received",
        "signal_received",
        "variables_set",
        "cancel_requested",
    }
)
BESIDES = frozenset(
    {
        "task_assigned",
        "task_unassigned",
        "job_failed",
        "incident_raised",
        "incident_resolved",
        "incident_retried",
        "access_denied",
    }
)
"""Facts that move no token."""
_KEYS = ("element_instance_key", "scope_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a history."""

    kind: str
    element_id: str | None
    at: datetime
    details: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.kind} {self.element_id} {dict(self.details)}"


@dataclass(slots=True, kw_only=True)
class _Alone:
    """`engine.bpmn.Host` for an instance that has the world to itself."""

    at: datetime
    keys: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def now(self) -> datetime:
        return self.at

    def next_key(self) -> int:
        return next(self.keys)

    def functions(self) -> Mapping[str, Callable[..., object]]:
        return {}

    def decide(self, reference: Reference, context: Mapping[str, object]) -> DecisionAnswer:
        raise AssertionError(
            f"no process of the office asks a decision, but here is {reference.id}"
        )


class Replay:
    """Carries out one history again.

    Args:
        model: The process, in the version that the instance ran on.
        instance_key: Its key.
        worked_on: The element instance of each user task and job, by its key.
        results: The variables of the instance that a call activity called, by the call's key.
    """

    def __init__(
        self,
        model: ProcessModel,
        *,
        instance_key: int,
        worked_on: Mapping[int, int],
        results: Callable[[int], Mapping[str, object]],
    ) -> None:
        self._model = model
        self._worked_on = worked_on
        self._results = results
        self._ours = {instance_key: 0}  # by the recorded key
        self._waits: dict[str, int] = {}  # recorded key of the last that began to wait, by element
        self._host = _Alone(at=NOON)
        self._execution: Execution | None = None

    def differences(self, facts: Sequence[Fact]) -> list[str]:
        """Return the first difference between the facts and what their commands lead to."""
        told = [fact for fact in facts if fact.kind not in BESIDES]
        place = 0
        while place < len(told):
            command = told[place]
            commanded = command.kind in COMMANDS
            place += commanded
            until = next(
                (i for i in range(place, len(told)) if told[i].kind in COMMANDS), len(told)
            )
            self._host.at = command.at
            if commanded:
                self._carry_out(command, _changed(told[place:until]))
            elif not self._hears_of_its_family():
                return [f"recorded, and nothing leads to it: {command}"]
            happened = self._happened()
            for ours, recorded in zip(happened, told[place:until], strict=False):
                if difference := self._difference(ours, recorded):
                    return [difference]
            if len(happened) > until - place:
                return [f"after {command} also: {happened[until - place]}"]
            place += len(happened)
        return []

    def _carry_out(self, command: Fact, changed: Mapping[str, object]) -> None:
        if command.kind == "instance_started":
            names = command.details["variable_names"]
            variables = {name: changed[name] for name in names}
            self._execution = Execution.start(
                self._model, self._host, instance_key=0, variables=variables
            )
            return
        assert self._execution is not None
        match command.kind:
            case "task_completed" | "job_completed":
                key = command.details.get("user_task_key") or command.details["job_key"]
                self._execution.complete(self._ours[self._worked_on[key]], changed)
            case "timer_fired":
                self._execution.fire_timer(self._waiting(command))
            case "message_received" | "signal_received":
                self._execution.complete(self._waiting(command), changed)
            case "variables_set":
                self._execution.set_variables(0, changed, local=True)
            case "cancel_requested":
                self._execution.cancel()

    def _hears_of_its_family(self) -> bool:
        """Do what the called instance or the caller did to this one, which is no fact of its own.

        False if there is nothing that they could have done.
        """
        if self._execution is None or self._execution.ended:
            return False
        if "call" in self._waits:
            call = self._waits.pop("call")
            self._execution.complete(self._ours[call], self._results(call))
        else:
            self._execution.cancel()
        return True

    def _waiting(self, command: Fact) -> int:
        assert command.element_id is not None
        return self._ours[self._waits[command.element_id]]

    def _happened(self) -> list[Fact]:
        assert self._execution is not None
        return [
            Fact(
                kind=fact.kind,
                element_id=fact.element_id,
                at=self._host.at,
                details=recorder.details_of(recorder.canonical({"details": fact.payload})),
            )
            for fact in (
                recorder.fact_of(event, stream_key=0, root_key=0)
                for event in self._execution.take_events()
            )
        ]

    def _difference(self, ours: Fact, recorded: Fact) -> str:
        for name in _KEYS:
            if name in ours.details and name in recorded.details:
                self._ours.setdefault(recorded.details[name], ours.details[name])
        if recorded.kind in ("timer_started", "subscription_opened", "signal_awaited"):
            self._waits[str(recorded.element_id)] = recorded.details["element_instance_key"]
        if recorded.kind == "call_requested":
            self._waits["call"] = recorded.details["element_instance_key"]
        details = dict(recorded.details)
        for name in _KEYS:
            if name in details:
                details[name] = self._ours.get(details[name])
        same = (ours.kind, ours.element_id, ours.details)
        if same == (recorded.kind, recorded.element_id, details):
            return ""
        return f"recorded: {recorded}; alone: {ours}"


def fact_from(row: Mapping[str, Any]) -> Fact:
    """Read a row of the history."""
    return Fact(
        kind=row["kind"],
        element_id=row["element_id"],
        at=row["at"],
        details=orjson.loads(orjson.dumps(recorder.details_of(row["payload"]))),
    )


def _changed(facts: Sequence[Fact]) -> dict[str, object]:
    """Return what a command has brought: the first new value of each name after it."""
    changed: dict[str, object] = {}
    for fact in facts:
        if fact.kind == "variable_changed":
            changed.setdefault(fact.details["name"], fact.details["new"])
    return changed
