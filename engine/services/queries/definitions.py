"""Deployed models: what there is, and the files as they were deployed."""

from dataclasses import replace

from engine.domain.definitions import DefinitionKind
from engine.domain.events import Reference
from engine.domain.identity import Actor
from engine.domain.search import Condition, Operator, PageRequest, Search, SortBy
from engine.domain.views import FormView, ProcessDefinitionView
from engine.errors import NotFound
from engine.persistence.database import Connection
from engine.persistence.search import definitions as catalogues
from engine.persistence.search.visibility import EVERYTHING
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
            finish=self._with_start_form,
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

    def process_with_tag(self, actor: Actor, id: str, tag: str) -> ProcessDefinitionView:
        """Return the newest version of a process that carries the tag; raises NotFound."""
        asked = Search(
            conditions=[
                Condition(field="process_definition_id", operator=Operator.EQ, value=id),
                Condition(field="version_tag", operator=Operator.EQ, value=tag),
            ],
            sort=[SortBy(field="version", descending=True)],
            page=PageRequest(limit=1),
        )
        for newest in self.processes.search(actor, asked).items:
            return newest
        raise NotFound(f"there is no process {id!r} with the version tag {tag!r}")

    def start_form(self, actor: Actor, process_key: int) -> FormView | None:
        """Return the form that starts the process, or None if it needs none."""
        self.processes.get(actor, process_key)
        with self._context.database.read() as connection:
            reference = self._start_form_of(connection, process_key)
            if reference is None:
                return None
            process = self._context.models.definition(connection, process_key)
            form = self._context.models.resolve(
                connection,
                DefinitionKind.FORM,
                reference,
                deployment_key=process.deployment_key,
            )
            return catalogues.FORMS.find(connection, form.key, visible=EVERYTHING)

    def _with_start_form(
        self, connection: Connection, view: ProcessDefinitionView
    ) -> ProcessDefinitionView:
        form = self._start_form_of(connection, view.process_definition_key)
        return replace(view, has_start_form=form is not None)

    def _start_form_of(self, connection: Connection, process_key: int) -> Reference | None:
        models = self._context.models
        start = models.process(connection, models.definition(connection, process_key)).start_event(
            None
        )
        return start.form if start else None
