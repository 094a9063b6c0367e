"""Saved views of lists: a person's own, and those that a group shares."""

from collections.abc import Mapping

from engine.domain.identity import Actor
from engine.errors import Forbidden, InvalidInput, LimitExceeded, NotFound
from engine.persistence.races import begins_anew
from engine.persistence.stores import saved_views
from engine.persistence.stores.saved_views import SavedViewRow
from engine.services import permissions
from engine.services.context import Context

MAX_NAME = 80
MAX_VIEWS = 50
"""Of one person for one page."""

MAX_QUERY = 30


class SavedViewService:
    """Keeps views. Who opens one asks for what it shows, with the own permissions."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def offered(self, actor: Actor, page: str) -> list[SavedViewRow]:
        """Return one's own views of a page, the default first, then those of one's groups."""
        with self._context.database.read() as connection:
            return saved_views.offered(connection, page, actor.username, actor.groups)

    @begins_anew
    def save(
        self,
        actor: Actor,
        page: str,
        name: str,
        query: Mapping[str, str | bool],
        *,
        shared_with: str | None = None,
        is_first: bool = False,
    ) -> SavedViewRow:
        """Save a view under a name, in place of one's own of that name.

        *shared_with* is a group of one's own; *is_first* makes the view one's default. Raises
        InvalidInput for a name that is none, Forbidden for another's group, LimitExceeded beyond
        `MAX_VIEWS`.
        """
        name = name.strip()
        if not 0 < len(name) <= MAX_NAME or not name.isprintable() or len(query) > MAX_QUERY:
            raise InvalidInput(f"a view has a name of 1 to {MAX_NAME} characters")
        if shared_with is not None and not _may_share(actor, shared_with):
            raise Forbidden(f"only members share a view with the group {shared_with!r}")
        with self._context.database.write() as connection:
            before = saved_views.find(connection, page, actor.username, name)
            count, first, last = saved_views.positions(connection, page, actor.username)
            if before is None and count >= MAX_VIEWS:
                raise LimitExceeded(f"nobody has more than {MAX_VIEWS} views of a page")
            position = before.position if before else last + 1
            row = SavedViewRow(
                owner=actor.username,
                page=page,
                name=name,
                query=query,
                shared_with=shared_with,
                position=first - 1 if is_first else position,
                saved_at=self._context.clock.now(),
            )
            saved_views.put(connection, row)
        return row

    @begins_anew
    def remove(self, actor: Actor, page: str, name: str, *, owner: str | None = None) -> None:
        """Remove one's own view; an administrator removes anybody's, by its *owner*.

        Raises NotFound, Forbidden.
        """
        owner = owner or actor.username
        if owner != actor.username and not permissions.may_administer(actor):
            raise Forbidden("only its owner or an administrator removes a view")
        with self._context.database.write() as connection:
            if not saved_views.remove(connection, page, owner, name):
                raise NotFound(f"{owner} has no view {name!r}")


def _may_share(actor: Actor, group: str) -> bool:
    return group in actor.groups or permissions.may_administer(actor)
