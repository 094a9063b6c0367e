"""Process instances: start, cancel, set variables."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.database import Connection
from engine.persistence.stores import definitions, instances
from engine.services import permissions
from engine.services.command import Command, run
from engine.services.context import Context
from engine.services.start_forms import StartForm


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedInstance:
    """A process instance that was just started."""

    key: int
    definition_key: int
    process_id: str
    version: int
    variables: Mapping[str, object]
    business_id: str | None
    tags: tuple[str, ...]


class InstanceService:
    """Commands on process instances."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def create(
        self,
        actor: Actor,
        *,
        process_id: str | None = None,
        definition_key: int | None = None,
        version: int | None = None,
        variables: Mapping[str, object] | None = None,
        business_id: str | None = None,
        tags: tuple[str, ...] = (),
    ) -> CreatedInstance:
        """Start an instance of a definition, by its key, or by process id (latest or *version*).

        Without a *business_id* it opens a case of its own, with a new number.

        Raises NotFound for an unknown definition and InvalidInput if neither or both are given,
        or if a field of the start form breaks its rule.
        """
        given = dict(variables or {})

        def work(command: Command) -> CreatedInstance:
            definition = _choose(command.connection, process_id, definition_key, version)
            if not permissions.may_start(actor):
                raise Forbidden(f"you may not start {definition.id!r}")
            form = StartForm(command, actor, definition)
            values = form.checked(given)
            running = command.start(definition, values, business_id=business_id, tags=tags)
            form.keep_files(running)
            return CreatedInstance(
                key=running.row.key,
                definition_key=definition.key,
                process_id=definition.id,
                version=definition.version,
                variables=values,
                business_id=running.row.business_id,
                tags=tags,
            )

        return run(self._context, actor, work)

    def cancel(self, actor: Actor, key: int) -> None:
        """End an instance and everything it started or waits for.

        Raises Conflict for one that has ended, and for a called one: cancel its caller.
        """

        def work(command: Command) -> None:
            running = command.load(key)
            if not permissions.may_cancel(actor):
                raise Forbidden(f"you may not cancel process instance {key}", instance_key=key)
            if running.row.parent_key is not None:
                raise Conflict(
                    f"process instance {key} was called by {running.row.parent_key}; "
                    f"cancel {running.row.root_key} instead"
                )
            command.record(key, "cancel_requested")
            running.execution.cancel()

        run(self._context, actor, work)

    def set_variables(
        self, actor: Actor, scope_key: int, variables: Mapping[str, object], *, local: bool
    ) -> None:
        """Set variables seen from a scope: an instance or one of its active elements.

        With *local* they are created right there; else each goes to the nearest scope that has
        the name, or to the process instance.
        """

        def work(command: Command) -> None:
            instance_key = instances.instance_of_scope(command.connection, scope_key)
            if instance_key is None:
                raise NotFound(f"there is no process or element instance {scope_key}")
            if not permissions.may_operate(actor):
                raise Forbidden("only operators set variables by hand", instance_key=instance_key)
            running = command.load(instance_key)
            command.record(instance_key, "variables_set", payload={"names": sorted(variables)})
            running.execution.set_variables(scope_key, variables, local=local)

        run(self._context, actor, work)


def _choose(
    connection: Connection,
    process_id: str | None,
    definition_key: int | None,
    version: int | None,
) -> Definition:
    if (process_id is None) == (definition_key is None):
        raise InvalidInput("name the process either by its id or by its definition key")
    if definition_key is not None:
        found = definitions.find(connection, definition_key)
    elif version is not None:
        found = definitions.with_version(
            connection, DefinitionKind.PROCESS, process_id or "", version
        )
    else:
        found = definitions.latest(connection, DefinitionKind.PROCESS, process_id or "")
    if found is None or found.kind != DefinitionKind.PROCESS:
        raise NotFound(f"there is no process {process_id or definition_key!r}")
    return found
