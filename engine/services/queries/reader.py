"""Searching and fetching one kind of thing, as somebody may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.errors import NotFound
from engine.persistence.database import Connection, Database
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.visibility import Visible

View = TypeVar("View")


def _as_read(connection: Connection, view: View) -> View:
    del connection
    return view


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader(Generic[View]):
    """Reads the things of one catalogue. ``noun`` names one of them in errors.

    ``finish`` completes a view with what SQL cannot know: unsealed values, names of elements.
    """

    database: Database
    noun: str
    catalogue: Catalogue[View]
    visible_to: Callable[[Actor], Visible]
    finish: Callable[[Connection, View], View] = _as_read

    def search(self, actor: Actor, asked: Search) -> SearchResult[View]:
        """Return a page of what the actor may see; InvalidInput for an unknown field."""
        with self.database.read() as connection:
            return self.search_in(connection, asked, self.visible_to(actor))

    def search_in(
        self, connection: Connection, asked: Search, visible: Visible
    ) -> SearchResult[View]:
        """Return a page of what *visible* names, inside an open transaction."""
        found = self.catalogue.search(connection, asked, visible=visible)
        return found.map(lambda view: self.finish(connection, view))

    def get(self, actor: Actor, key: int) -> View:
        """Return the thing with that key; NotFound also for one that the actor may not see."""
        with self.database.read() as connection:
            view = self.catalogue.find(connection, key, visible=self.visible_to(actor))
            if view is None:
                raise NotFound(f"there is no {self.noun} {key}")
            return self.finish(connection, view)
