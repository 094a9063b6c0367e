"""Who uses a form, a decision or a process: the steps of processes that link to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.bpmn import ProcessModel
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.events import Reference
from engine.domain.identity import Actor
from engine.errors import NotFound
from engine.persistence.database import Connection
from engine.persistence.search.library import followed_processes, running_by_version
from engine.services import permissions
from engine.services.context import Context
from engine.services.names import Names, names_of_element, names_of_process


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A step of a process version that new or running cases follow.

    ``running`` counts the active instances of that version. ``version`` is the one that the
    step's link means today; None if there is none.
    """

    process: Definition
    process_names: Names
    is_newest: bool
    running: int
    element_id: str
    element_names: Names
    reference: Reference
    version: int | None


class Uses:
    """Looks at the newest version of each process, and at those that still have instances."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, actor: Actor, kind: DefinitionKind, id: str) -> Sequence[Use]:
        """Return the steps that use a model, by process, the newest version of each first.

        Raises NotFound for a model that was never deployed, or to whom no model is shown.
        """
        with self._context.database.read() as connection:
            known = self._context.models.newest(connection, kind, id)
            if known is None or not permissions.is_staff(actor):
                raise NotFound(f"there is no {kind} {id!r}")
            found = list(self._followed(connection))
            running = running_by_version(connection, [process.key for process, _ in found])
            newest = {process.id: process.key for process, _ in reversed(found)}
            return [
                Use(
                    process=process,
                    process_names=names_of_process(model),
                    is_newest=newest[process.id] == process.key,
                    running=running.get(process.key, 0),
                    element_id=link.element_id,
                    element_names=names_of_element(model, link.element_id),
                    reference=link.reference,
                    version=self._version(connection, kind, link.reference, process),
                )
                for process, model in found
                for link in model.references
                if (DefinitionKind(link.kind), link.reference.id) == (kind, id)
            ]

    def counts(self, connection: Connection, kind: DefinitionKind) -> Mapping[str, int]:
        """Return how many processes use each model in their newest version."""
        counted: Counter[str] = Counter()
        seen: set[str] = set()
        for process, model in self._followed(connection):
            if process.id not in seen:
                seen.add(process.id)
                counted.update(
                    {
                        link.reference.id
                        for link in model.references
                        if DefinitionKind(link.kind) is kind
                    }
                )
        return counted

    def _followed(self, connection: Connection) -> Iterator[tuple[Definition, ProcessModel]]:
        models = self._context.models
        for key in followed_processes(connection):
            process = models.definition(connection, key)
            yield process, models.process(connection, process)

    def _version(
        self,
        connection: Connection,
        kind: DefinitionKind,
        reference: Reference,
        process: Definition,
    ) -> int | None:
        try:
            return self._context.models.resolve(
                connection, kind, reference, deployment_key=process.deployment_key
            ).version
        except NotFound:
            return None
