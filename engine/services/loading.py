"""The instances of one command: locked, restored and remembered until it ends."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from engine.bpmn import Execution
from engine.domain.definitions import Definition
from engine.errors import Conflict, NotFound
from engine.persistence.database import Connection
from engine.persistence.protection import unseal
from engine.persistence.stores import instances, user_tasks
from engine.persistence.stores.instances import InstanceRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.services.context import Context
from engine.services.instance_host import InstanceHost
from engine.services.projection import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A process instance inside the running command; ``is_new`` if the command started it.

    ``characters`` counts the JSON text of the variables with which it was loaded.
    """

    origin: Origin
    execution: Execution
    is_new: bool = False
    characters: int = 0

    @property
    def row(self) -> InstanceRow:
        """The instance as it was stored when the command loaded it."""
        return self.origin.row

    @property
    def definition(self) -> Definition:
        """The version of the process that it runs on."""
        return self.origin.definition


class Loader:
    """Locks and restores instances; each is loaded at most once per command."""

    def __init__(
        self,
        context: Context,
        connection: Connection,
        *,
        next_key: Callable[[], int],
        at: datetime,
    ) -> None:
        self._context = context
        self._connection = connection
        self._next_key = next_key
        self._at = at
        self._running: dict[int, Running] = {}
        self._locked: dict[int, InstanceRow] = {}
        self._variables: dict[int, list[tuple[int, str, str]]] = {}

    @property
    def running(self) -> list[Running]:
        """The instances that the command has loaded or started so far."""
        return list(self._running.values())

    def lock(self, key: int) -> InstanceRow:
        """Return an instance as it is now and keep others from it; raises NotFound."""
        if key not in self._locked:
            self._keep(instances.lock(self._connection, key))
        if key not in self._locked:
            raise NotFound(f"there is no process instance {key}")
        return self._locked[key]

    def lock_free(self, keys: Collection[int]) -> dict[int, int]:
        """Lock the instances that nobody holds, nor their roots; return the roots by key.

        What loading them takes is read at once for all.
        """
        free = {row.key: row for row in instances.lock_free(self._connection, keys)}
        self._keep(list(free.values()))
        roots = {key: free[key].root_key for key in keys if key in free}
        roots = {key: root for key, root in roots.items() if root in free}
        self._variables |= instances.variables_of(self._connection, roots)
        return roots

    def lock_task(self, key: int) -> UserTaskRow | None:
        """Return a user task and keep others from it and its instance; None if there is none."""
        found = user_tasks.lock(self._connection, key)
        if found is None:
            return None
        task, rows = found
        self._keep(rows)
        return task

    def load(self, key: int) -> Running:
        """Return the active instance with that key, locked; raises NotFound or Conflict."""
        if key not in self._running:
            row = self.lock(key)
            self._running[key] = self._kept(row) or self._restored(row)
        return self._running[key]

    def view(self, key: int) -> Running:
        """Return an active instance only to look at; raises NotFound or Conflict."""
        row = instances.find(self._connection, key)
        if row is None:
            raise NotFound(f"there is no process instance {key}")
        return self._restored(row)

    def begin(
        self, row: InstanceRow, begin: Callable[[Origin, InstanceHost], Execution]
    ) -> Running:
        """Remember a new instance, which *begin* starts."""
        self._locked[row.key] = row
        origin = self._origin(row)
        running = Running(origin=origin, execution=begin(origin, self._host(origin)), is_new=True)
        self._running[row.key] = running
        return running

    def _keep(self, rows: list[InstanceRow]) -> None:
        for row in rows:
            self._locked.setdefault(row.key, row)

    def _kept(self, row: InstanceRow) -> Running | None:
        """Return the locked instance as the last command left it in memory, if nobody else did."""
        live = self._context.live.take(row.key, row.revision)
        if live is None:
            return None
        origin = self._origin(row)
        live.execution.resume(self._host(origin), limits=self._context.limits)
        return Running(origin=origin, execution=live.execution, characters=live.characters)

    def _restored(self, row: InstanceRow) -> Running:
        if row.state_blob is None:
            raise Conflict(f"process instance {row.key} has ended ({row.state})")
        origin = self._origin(row)
        if row.key not in self._variables:
            self._variables |= instances.variables_of(self._connection, [row.key])
        variables = self._variables.pop(row.key)
        execution = Execution.restore(
            origin.model,
            self._host(origin),
            instance_key=row.key,
            state=row.state_blob,
            variables=((scope, name, unseal(text)) for scope, name, text in variables),
            limits=self._context.limits,
        )
        characters = sum(len(text) for _, _, text in variables)
        return Running(origin=origin, execution=execution, characters=characters)

    def _origin(self, row: InstanceRow) -> Origin:
        models = self._context.models
        definition = models.definition(self._connection, row.definition_key)
        return Origin(
            row=row,
            definition=definition,
            model=models.process(self._connection, definition),
            classifications=models.classifications(self._connection, definition),
        )

    def _host(self, origin: Origin) -> InstanceHost:
        return InstanceHost(
            context=self._context,
            connection=self._connection,
            next_key=self._next_key,
            at=self._at,
            definition=origin.definition,
            business_id=origin.row.business_id,
            case_ordinal=origin.row.case_ordinal,
        )
