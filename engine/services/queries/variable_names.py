"""What the variables of a process are called, in both languages, and what their values mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn import ProcessModel, ReferenceKind
from engine.dmn import DecisionTable
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.errors import NotFound
from engine.forms.texts import FieldTexts, texts_of
from engine.persistence.database import Connection
from engine.services import permissions
from engine.services.context import Context
from engine.services.names import Names

_LABEL = "label."
_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableName:
    """How people call a variable, or with dots a part of it; ``options`` name fixed values."""

    names: Names | None
    options: Mapping[str, Names]


class VariableNames:
    """Reads names where the process says them, else where its forms ask for the values.

    A process says them by its properties ``label.<variable>.en`` and ``label.<variable>.zh``.
    Of several forms the first counts, in the order of the diagram. A part that nobody else names
    has the label of the decision's output called so; ``Approval / 审批`` is one in two languages.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[int, Mapping[str, VariableName]] = {}

    def of(self, actor: Actor, definition_key: int) -> Mapping[str, VariableName]:
        """Return the names by variable; raises NotFound for a process out of sight."""
        with self._context.database.read() as connection:
            definition = self._context.models.definition(connection, definition_key)
            if definition.kind != DefinitionKind.PROCESS or not permissions.is_staff(actor):
                raise NotFound(f"there is no process definition {definition_key}")
            return self.names(connection, definition)

    def names(self, connection: Connection, definition: Definition) -> Mapping[str, VariableName]:
        """Return the names of a process's variables; forms are those it has today."""
        known = self._known.get(definition.key)
        if known is None:
            known = self._read(connection, definition)
            self._known[definition.key] = known
        return known

    def _read(self, connection: Connection, definition: Definition) -> Mapping[str, VariableName]:
        process = self._context.models.process(connection, definition)
        found: dict[str, VariableName] = {}
        for english, chinese in self._forms(connection, definition, process):
            for path, texts in english.items():
                _add(found, path, texts, chinese.get(path, texts))
        for name, label in self._outputs(connection, definition, process):
            found.setdefault(name, VariableName(names=_both(label), options={}))
        for path, names in _declared(process.properties):
            options = found[path].options if path in found else {}
            found[path] = VariableName(names=names, options=options)
        return found

    def _forms(
        self, connection: Connection, definition: Definition, process: ProcessModel
    ) -> Iterator[tuple[Mapping[str, FieldTexts], Mapping[str, FieldTexts]]]:
        for linked in self._linked(connection, definition, process, ReferenceKind.FORM):
            form = self._context.models.form(connection, linked)
            english, chinese = (texts_of(form.translated(language)) for language in _LANGUAGES)
            yield english, chinese

    def _outputs(
        self, connection: Connection, definition: Definition, process: ProcessModel
    ) -> Iterator[tuple[str, str]]:
        for linked in self._linked(connection, definition, process, ReferenceKind.DECISION):
            for decision in self._context.models.decision(connection, linked).decisions.values():
                if isinstance(decision.logic, DecisionTable):
                    for output in decision.logic.outputs:
                        if output.label:
                            yield output.name, output.label

    def _linked(
        self,
        connection: Connection,
        definition: Definition,
        process: ProcessModel,
        kind: ReferenceKind,
    ) -> Iterator[Definition]:
        for link in process.references:
            if link.kind is not kind:
                continue
            try:
                yield self._context.models.resolve(
                    connection,
                    DefinitionKind(kind.value),
                    link.reference,
                    deployment_key=definition.deployment_key,
                )
            except NotFound:
                continue  # nobody has deployed it yet


def _add(found: dict[str, VariableName], path: str, one: FieldTexts, other: FieldTexts) -> None:
    before = found.get(path)
    names = before.names if before else None
    if names is None and one.label is not None:
        names = Names(en=one.label, zh=other.label or one.label)
    options = {
        value: Names(en=word, zh=other.options.get(value, word))
        for value, word in one.options.items()
    }
    known = before.options if before else {}
    found[path] = VariableName(names=names, options={**options, **known})


def _both(label: str) -> Names:
    english, _, chinese = label.partition(" / ")
    return Names(en=english.strip(), zh=chinese.strip() or english.strip())


def _declared(properties: Mapping[str, str]) -> Iterator[tuple[str, Names]]:
    paths = {
        key.removeprefix(_LABEL).rpartition(".")[0]
        for key in properties
        if key.startswith(_LABEL) and key.rpartition(".")[2] in _LANGUAGES
    }
    for path in sorted(paths):
        english = properties.get(f"{_LABEL}{path}.en")
        chinese = properties.get(f"{_LABEL}{path}.zh")
        yield path, Names(en=english or chinese or path, zh=chinese or english or path)
