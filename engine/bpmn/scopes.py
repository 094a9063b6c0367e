"""Variables, as Camunda 8 keeps them: every element instance is a scope, nearest one wins.

Nothing rides in Spiff's task data, so tokens carry no copies and joins merge nothing: the last
write per scope and name stands, and each change is reported with its old and its new value.
Source of the rules: Camunda 8 docs, "Variables" (scopes, propagation).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from engine.domain.events import VariableChanged


@dataclass(slots=True)
class Scope:
    """The variables of one element instance; ``parent`` is None for the process instance."""

    key: int
    element_id: str
    parent: "Scope | None"
    values: dict[str, object] = field(default_factory=dict)


class ScopeView(Mapping[str, object]):
    """All variables that an element instance sees; read-only, no copies."""

    __slots__ = ("_first", "_scope")

    def __init__(self, scope: Scope, first: Mapping[str, object] | None = None) -> None:
        self._scope = scope
        self._first = first or {}

    def __getitem__(self, name: str) -> object:
        if name in self._first:
            return self._first[name]
        scope: Scope | None = self._scope
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.parent
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        if name in self._first:
            return True
        scope: Scope | None = self._scope
        while scope is not None:
            if name in scope.values:
                return True
            scope = scope.parent
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._merged())

    def __len__(self) -> int:
        return len(self._merged())

    def _merged(self) -> dict[str, object]:
        names: dict[str, object] = dict.fromkeys(self._first)
        scope: Scope | None = self._scope
        while scope is not None:
            names.update(dict.fromkeys(scope.values))
            scope = scope.parent
        return names


class Scopes:
    """All open scopes of one process instance."""

    def __init__(
        self, instance_key: int, process_id: str, report: Callable[[VariableChanged], None]
    ) -> None:
        self._report = report
        self._root = Scope(key=instance_key, element_id=process_id, parent=None)
        self._open = {instance_key: self._root}
        self._kept: dict[int, Scope] = {}

    def __contains__(self, key: int) -> bool:
        return key in self._open

    def open(self, key: int, element_id: str, parent_key: int) -> None:
        """Open the scope of an element instance inside that of another."""
        self._open[key] = Scope(key=key, element_id=element_id, parent=self._open[parent_key])

    def close(self, key: int) -> None:
        """Forget the scope of an element instance that has ended."""
        self._open.pop(key, None)

    def keep(self, key: int) -> bool:
        """Remember the variables of a scope beyond its end; false when it has none of its own.

        They are there for as long as the instance is in memory; its state says which of them are
        still needed when it is loaded again.
        """
        scope = self._open[key]
        if scope.values:
            self._kept[key] = scope
        return bool(scope.values)

    def expect(self, keys: Iterable[int]) -> None:
        """Make room for the variables of ended scopes, which `load` will bring."""
        for key in keys:
            self._kept[key] = Scope(key=key, element_id="", parent=None)

    def kept(self, keys: Iterable[int]) -> dict[str, object]:
        """Return the variables remembered of the scopes *keys*; later ones win."""
        return {name: value for key in keys for name, value in self._kept[key].values.items()}

    def load(self, rows: Iterable[tuple[int, str, object]]) -> None:
        """Fill the open and the kept scopes from stored rows; those of others are passed over."""
        for key, name, value in rows:
            scope = self._open.get(key) or self._kept.get(key)
            if scope is not None:
                scope.values[name] = value

    def view(self, key: int, first: Mapping[str, object] | None = None) -> ScopeView:
        """Return what the scope sees; names in *first* hide all others."""
        return ScopeView(self._open[key], first)

    def visible(self, key: int) -> dict[str, object]:
        """Return a copy of all variables that the scope sees, outer ones first."""
        chain: list[Scope] = []
        scope: Scope | None = self._open[key]
        while scope is not None:
            chain.append(scope)
            scope = scope.parent
        return {name: value for s in reversed(chain) for name, value in s.values.items()}

    def sees(self, key: int, other: int) -> bool:
        """Say whether the variables of the scope *other* are in sight of the scope *key*."""
        scope: Scope | None = self._open[key]
        while scope is not None and scope.key != other:
            scope = scope.parent
        return scope is not None

    def local(self, key: int) -> dict[str, object]:
        """Return a copy of the scope's own variables."""
        return dict(self._open[key].values)

    def set_local(self, key: int, name: str, value: object) -> None:
        """Create or change a variable of the scope itself."""
        self._set(self._open[key], name, value)

    def merge(self, key: int, values: Mapping[str, object]) -> None:
        """Give each value to the nearest scope that owns its name, else to the process instance."""
        for name, value in values.items():
            scope = self._open[key]
            while name not in scope.values and scope.parent is not None:
                scope = scope.parent
            self._set(scope, name, value)

    def _set(self, scope: Scope, name: str, value: object) -> None:
        created = name not in scope.values
        old = scope.values.get(name)
        if not created and _same(old, value):
            return
        scope.values[name] = value
        self._report(
            VariableChanged(
                element_instance_key=scope.key,
                element_id=scope.element_id,
                name=name,
                old=old,
                new=value,
                created=created,
            )
        )


def _same(old: object, new: object) -> bool:
    """Compare JSON values; to Python 1, 1.0 and True are equal, to JSON they are not."""
    return old is new or (old == new and orjson.dumps(old) == orjson.dumps(new))
