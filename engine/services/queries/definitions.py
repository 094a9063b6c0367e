"""Deployed models: what there is, and the files as they were deployed."""

from engine.domain.definitions import DefinitionKind
from engine.domain.identity import Actor
from engine.errors import NotFound
from engine.persistence.search import definitions as catalogues
from engine.services.context import Context
from engine.services.queries.reader import Reader
from engine.services.queries.visible import models_visible_to

_NOUNS = {
    DefinitionKind.PROCESS: "process definition",
    DefinitionKind.DECISION: "decision definition",
    DefinitionKind.DRG: "decision requirements",
    DefinitionKind.FORM: "form",
}


class DefinitionQueries:
    """Reads deployed models; staff may see all of them."""

    def __init__(self, context: Context) -> None:
        database = context.database
        self._context = context
        self.processes = Reader(
            database=database,
            noun=_NOUNS[DefinitionKind.PROCESS],
            catalogue=catalogues.PROCESS_DEFINITIONS,
            visible_to=models_visible_to,
        )
        self.decisions = Reader(
            database=database,
            noun=_NOUNS[DefinitionKind.DECISION],
            catalogue=catalogues.DECISION_DEFINITIONS,
            visible_to=models_visible_to,
        )
        self.requirements = Reader(
            database=database,
            noun=_NOUNS[DefinitionKind.DRG],
            catalogue=catalogues.DECISION_REQUIREMENTS,
            visible_to=models_visible_to,
        )
        self.resources = Reader(
            database=database,
            noun="resource",
            catalogue=catalogues.RESOURCES,
            visible_to=models_visible_to,
        )
        self.forms = Reader(
            database=database,
            noun=_NOUNS[DefinitionKind.FORM],
            catalogue=catalogues.FORMS,
            visible_to=models_visible_to,
        )

    def source(self, actor: Actor, key: int, *kinds: DefinitionKind) -> bytes:
        """Return the file that holds the definition, byte for byte; *kinds* it may be of."""
        with self._context.database.read() as connection:
            content = catalogues.find_source(
                connection, key, kinds, visible=models_visible_to(actor)
            )
        if content is None:
            raise NotFound(f"there is no {' or '.join(_NOUNS[k] for k in kinds)} {key}")
        return content
