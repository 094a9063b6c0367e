"""Which work groups get: the steps that are offered to them and the tasks that are open now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.errors import Conflict
from engine.persistence.database import Connection
from engine.persistence.search.groups import OpenWork, live_processes, member_counts, open_work
from engine.persistence.search.people import GroupView
from engine.persistence.stores.people import ROLE_GROUPS
from engine.services.models import Models
from engine.services.names import Names, names_of_element, names_of_process


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedStep:
    """A user task of a process that makes work now."""

    process_id: str
    process_names: Names
    element_id: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """A group as its administrator sees it; ``members`` counts those who may sign in."""

    view: GroupView
    is_role: bool
    members: int
    open: OpenWork
    steps: Sequence[OfferedStep]


class GroupWork:
    """Reads what groups are there for."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def entries(
        self, connection: Connection, views: Sequence[GroupView]
    ) -> Mapping[str, GroupEntry]:
        """Return groups with their members and their work, by id."""
        ids = [view.group_id for view in views]
        members, work = member_counts(connection, ids), open_work(connection, ids)
        steps = self.steps(connection)
        return {
            view.group_id: GroupEntry(
                view=view,
                is_role=view.group_id in ROLE_GROUPS,
                members=members.get(view.group_id, 0),
                open=work.get(view.group_id, OpenWork()),
                steps=steps.get(view.group_id, ()),
            )
            for view in views
        }

    def steps(self, connection: Connection) -> Mapping[str, Sequence[OfferedStep]]:
        """Return, by group, the steps that name it; those of newest and of running versions.

        A step that finds its groups by an expression is with none of them.
        """
        found: dict[str, dict[tuple[str, str], OfferedStep]] = {}
        for definition in live_processes(connection):
            process = self._models.process(connection, definition)
            for element_id, groups in process.candidate_groups.items():
                step = OfferedStep(
                    process_id=process.process_id,
                    process_names=names_of_process(process),
                    element_id=element_id,
                    names=names_of_element(process, element_id),
                )
                for group_id in groups:
                    of_group = found.setdefault(group_id, {})
                    of_group.setdefault((process.process_id, element_id), step)
        return {group_id: tuple(steps.values()) for group_id, steps in found.items()}

    def refuse_if_needed(self, connection: Connection, group_id: str) -> None:
        """Raise Conflict if work would be left to nobody without the group."""
        waiting = open_work(connection, [group_id]).get(group_id, OpenWork()).only_here
        if waiting:
            raise Conflict(
                f"{waiting} open tasks are offered to the group {group_id!r} alone: let its members"
                " finish them, or assign them to somebody"
            )
        steps = self.steps(connection).get(group_id)
        if steps:
            named = ", ".join(sorted({f"{step.process_id}/{step.element_id}" for step in steps}))
            raise Conflict(
                f"steps are offered to the group {group_id!r}: {named}; deploy their processes with"
                " another group first, and let the running cases end"
            )
