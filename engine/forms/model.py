"""A form as the server keeps it: its fields, where their values lie, and what they ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.domain.classification import Classification
from engine.forms.dynamic import Dynamic
from engine.forms.kinds import ExpressionKind, Kind
from engine.forms.paths import MISSING
from engine.forms.rules import Rules
from engine.forms.shape import ObjectShape
from engine.forms.translation import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A component that holds a value, at ``path`` within its container.

    ``default`` is :data:`engine.forms.paths.MISSING` when the form gives none.
    """

    id: str
    path: tuple[str, ...]
    hide: Dynamic
    disabled: bool
    readonly: Dynamic
    default: object
    kind: Kind
    rules: Rules
    classification: Classification | None

    @property
    def blank(self) -> object:
        """The value before anybody has filled it in."""
        return self.kind.empty if self.default is MISSING else self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """How a dynamic list repeats: rows at first, whether people add and remove, and how many."""

    default_rows: int
    resizable: bool
    least: int
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A group (``repetition`` None) or a dynamic list; ``path`` may be empty for a group."""

    id: str
    path: tuple[str, ...]
    hide: Dynamic
    children: tuple["Node", ...]
    repetition: Repetition | None


Node = Field | Container


@dataclass(frozen=True, kw_only=True)
class FormModel:
    """A deployed form.

    ``schema`` is the form-js document as it was written. ``form_id`` is what diagrams link to;
    ``version_tag`` is None when the form carries none.
    """

    form_id: str
    version_tag: str | None
    schema: Mapping[str, object] = field(repr=False)
    nodes: tuple[Node, ...] = field(repr=False)
    shape: ObjectShape = field(repr=False)

    @cached_property
    def classifications(self) -> dict[str, Classification]:
        """How carefully each value must be kept, by dotted path; ``items[].name`` within lists.

        A field that declares nothing is not in here.
        """
        return dict(_classifications(self.nodes, ""))

    @cached_property
    def computed_fields(self) -> int:
        """The number of fields with an expression."""
        return sum(isinstance(each.kind, ExpressionKind) for each in _fields(self.nodes))

    def translated(self, language: str) -> dict[str, object]:
        """Return the schema in *language* (``zh``), without the block of translations.

        What is not translated stays as it is; a language that the form does not have changes
        nothing.
        """
        return translate(self.schema, language)

    def title(self, language: str) -> str | None:
        """Return what people call the form in *language*; None if it has no title at all."""
        title = self.translated(language).get("title")
        return title if isinstance(title, str) and title else None


def _fields(nodes: tuple[Node, ...]) -> Iterator[Field]:
    for node in nodes:
        if isinstance(node, Field):
            yield node
        else:
            yield from _fields(node.children)


def _classifications(nodes: tuple[Node, ...], prefix: str) -> Iterator[tuple[str, Classification]]:
    for node in nodes:
        path = prefix + ".".join(node.path)
        if isinstance(node, Field):
            if node.classification is not None:
                yield path, node.classification
        else:
            opening = "[]." if node.repetition else "." if node.path else ""
            yield from _classifications(node.children, path + opening)
