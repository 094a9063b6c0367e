"""Companions: deployed files that a file links to, so that one file can be worked on alone."""

from collections.abc import Callable, Mapping

from engine.domain.definitions import Definition
from engine.domain.events import Binding
from engine.persistence.database import Connection
from engine.persistence.stores import definitions
from engine.services.bundle import Link, Model, readable_models

Chosen = Callable[[Link], bool]


def is_bound_by_deployment(link: Link) -> bool:
    """Tell whether what *link* leads to must be in the very same deployment."""
    return link.reference.binding is Binding.DEPLOYMENT


def companions_of(
    connection: Connection, resources: Mapping[str, bytes], chosen: Chosen = lambda _: True
) -> dict[str, bytes]:
    """Return the newest deployed files that the *chosen* links of *resources* lead to.

    So do the links of what is found, and so on. A file whose name *resources* has already is
    left out, and what is not deployed too: whoever reads the files together says so.
    """
    found: dict[str, bytes] = {}
    models = readable_models(resources)
    known = {model.identity for model in models}
    while wanted := [link for link in _links(models) if chosen(link) and link.target not in known]:
        known.update(link.target for link in wanted)
        newer = dict(filter(None, (_deployed(connection, link) for link in wanted)))
        newer = {name: file for name, file in newer.items() if name not in resources.keys() | found}
        models = readable_models(newer)
        known.update(model.identity for model in models)
        found.update(newer)
    return found


def _links(models: list[Model]) -> list[Link]:
    return [link for model in models for link in model.links]


def _deployed(connection: Connection, link: Link) -> tuple[str, bytes] | None:
    definition = _definition(connection, link)
    if definition is None:
        return None
    file = definitions.find_resource(connection, definition.resource_key)
    return (file.name, file.content) if file else None


def _definition(connection: Connection, link: Link) -> Definition | None:
    if link.reference.binding is Binding.VERSION_TAG:
        return definitions.with_tag(connection, *link.target, link.reference.version_tag or "")
    return definitions.latest(connection, *link.target)
