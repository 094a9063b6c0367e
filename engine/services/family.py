"""Callers and called: what the end of one process instance means to the others of its tree.

A call activity's child is an instance of its own (decision 0008). Each side hears of the other
in the same command.
"""

from collections.abc import Callable

from engine.domain import events
from engine.persistence.database import Connection
from engine.persistence.stores import instances
from engine.points import Point, reached
from engine.services.loading import Loader, Running
from engine.services.projection import Projection


class Family:
    """Tells callers and called of each other; ``apply_new_events`` is the running command's."""

    def __init__(
        self,
        loader: Loader,
        projection: Projection,
        connection: Connection,
        apply_new_events: Callable[[], bool],
    ) -> None:
        self._loader = loader
        self._projection = projection
        self._connection = connection
        self._apply_new_events = apply_new_events

    def hear(self, running: Running, event: events.Event) -> None:
        """Pass on what has just happened to an instance, if it concerns its caller or called."""
        match event:
            case events.ElementTerminated():
                self._cancel_children(event.element_instance_key)
            case events.InstanceEnded(state=events.ElementState.COMPLETED):
                self._tell_parent_of_end(running)
            case events.ErrorUncaught():
                self._tell_parent_of_error(running, event)
            case events.EscalationUncaught():
                self._tell_parent_of_escalation(running, event)

    def _cancel_children(self, element_instance_key: int) -> None:
        if element_instance_key not in self._projection.canceled_calls:
            return
        started_now = [
            r.row.key
            for r in self._loader.running
            if r.row.parent_element_instance_key == element_instance_key
        ]
        stored = [c.key for c in instances.children_of(self._connection, element_instance_key)]
        for key in dict.fromkeys(started_now + stored):
            child = self._loader.load(key)
            if not child.execution.ended:
                child.execution.cancel()

    def _parent_of(self, running: Running) -> tuple[Running, int] | None:
        row = running.row
        if row.parent_key is None or row.parent_element_instance_key is None:
            return None
        return self._loader.load(row.parent_key), row.parent_element_instance_key

    def _tell_parent_of_end(self, child: Running) -> None:
        if parent := self._parent_of(child):
            caller, call_activity = parent
            self._apply_new_events()  # among them may be that an escalation interrupted the call
            if call_activity not in self._projection.canceled_calls:
                results = child.execution.visible_variables(child.row.key)
                caller.execution.complete(call_activity, results)
                reached(Point.PARENT_TOLD)

    def _tell_parent_of_error(self, running: Running, error: events.ErrorUncaught) -> None:
        if parent := self._parent_of(running):
            caller, call_activity = parent
            caller.execution.throw_error(
                call_activity, error.error_code, error.message, error.variables
            )

    def _tell_parent_of_escalation(
        self, running: Running, escalation: events.EscalationUncaught
    ) -> None:
        if parent := self._parent_of(running):
            caller, call_activity = parent
            caller.execution.throw_escalation(
                call_activity, escalation.escalation_code, escalation.variables
            )
