"""Parsed models, shared by all instances: each stored file is read once per process."""

import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from engine.bpmn import ProcessModel, ReferenceKind, parse_process
from engine.dmn import DecisionModel, parse_decisions
from engine.domain.classification import Classification
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.events import Binding, Reference
from engine.errors import NotFound
from engine.forms import FormModel, parse_form
from engine.persistence.database import Connection
from engine.persistence.stores import definitions

T = TypeVar("T")
_ORDER = list(Classification)


class Models:
    """Finds definitions and gives their parsed models; all of it immutable, so kept for good."""

    def __init__(self) -> None:
        self._definitions: dict[int, Definition] = {}
        self._bundled: dict[tuple[DefinitionKind, str, int], Definition] = {}
        self._parsed: dict[int, object] = {}
        self._classifications: dict[int, Mapping[str, Classification]] = {}
        self._lock = threading.Lock()

    def definition(self, connection: Connection, key: int) -> Definition:
        """Return the definition with that key; raises NotFound."""
        known = self._definitions.get(key)
        if known is None:
            known = definitions.find(connection, key)
            if known is None:
                raise NotFound(f"there is no definition {key}")
            self._definitions[key] = known
        return known

    def newest(self, connection: Connection, kind: DefinitionKind, id: str) -> Definition | None:
        """Return the newest version of a model, or None if it was never deployed."""
        return definitions.latest(connection, kind, id)

    def process(self, connection: Connection, definition: Definition) -> ProcessModel:
        """Return the executable process of a definition."""
        parsed = self._parse(
            connection,
            definition,
            lambda content, name: {
                p.process_id: p for p in parse_process(content, resource_name=name).processes
            },
        )
        return parsed[definition.id]

    def decision(self, connection: Connection, definition: Definition) -> DecisionModel:
        """Return the decision model that holds a decision or requirements graph."""
        return self._parse(
            connection,
            definition,
            lambda content, name: parse_decisions(content, resource_name=name),
        )

    def form(self, connection: Connection, definition: Definition) -> FormModel:
        """Return the form of a definition."""
        return self._parse(
            connection, definition, lambda content, name: parse_form(content, resource_name=name)
        )

    def classifications(
        self, connection: Connection, definition: Definition
    ) -> Mapping[str, Classification]:
        """Return how carefully each variable must be kept, by what the process's forms declare."""
        known = self._classifications.get(definition.key)
        if known is None:
            known = self._classify(connection, definition)
            self._classifications[definition.key] = known
        return known

    def _classify(
        self, connection: Connection, definition: Definition
    ) -> Mapping[str, Classification]:
        strictest: dict[str, Classification] = {}
        for link in self.process(connection, definition).references:
            if link.kind is not ReferenceKind.FORM:
                continue
            linked = _lookup(
                connection, DefinitionKind.FORM, link.reference, definition.deployment_key
            )
            if linked is None:
                continue
            for path, declared in self.form(connection, linked).classifications.items():
                name = path.split(".")[0]
                strictest[name] = max(declared, strictest.get(name, declared), key=_ORDER.index)
        return strictest

    def resolve(
        self,
        connection: Connection,
        kind: DefinitionKind,
        reference: Reference,
        *,
        deployment_key: int,
    ) -> Definition:
        """Return the version that a link means, seen from a process of *deployment_key*.

        Raises NotFound, naming the id, when there is none.
        """
        bundled = (kind, reference.id, deployment_key)
        if reference.binding is Binding.DEPLOYMENT and bundled in self._bundled:
            return self._bundled[bundled]
        found = _lookup(connection, kind, reference, deployment_key)
        if found is not None and reference.binding is Binding.DEPLOYMENT:
            self._bundled[bundled] = found  # a bundle never changes
        if found is None:
            raise NotFound(f"there is no {kind} {reference.id!r} ({reference.binding})")
        return found

    def _parse(
        self, connection: Connection, definition: Definition, parse: Callable[[bytes, str], T]
    ) -> T:
        with self._lock:
            parsed = self._parsed.get(definition.resource_key)
            if parsed is None:
                stored = definitions.find_resource(connection, definition.resource_key)
                if stored is None:
                    raise NotFound(f"the file of {definition.kind} {definition.id!r} is gone")
                parsed = parse(stored.content, stored.name)
                self._parsed[definition.resource_key] = parsed
            return parsed  # type: ignore[return-value]  # a file holds models of one kind only


def _lookup(
    connection: Connection, kind: DefinitionKind, reference: Reference, deployment_key: int
) -> Definition | None:
    if reference.binding is Binding.DEPLOYMENT:
        return definitions.in_bundle(connection, kind, reference.id, deployment_key)
    if reference.binding is Binding.VERSION_TAG:
        return definitions.with_tag(connection, kind, reference.id, reference.version_tag or "")
    return definitions.latest(connection, kind, reference.id)
