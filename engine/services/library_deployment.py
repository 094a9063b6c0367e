"""The library: files and drafts are checked and deployed, with what they need of what is live."""

from collections.abc import Mapping, Sequence

from engine.domain.definitions import DefinitionKind, Deployment
from engine.domain.findings import Finding, Severity
from engine.domain.identity import Actor
from engine.errors import DeploymentRefused, InvalidInput, NotFound, WarningsToConfirm
from engine.persistence.database import Connection
from engine.persistence.stores import definitions
from engine.persistence.stores.definitions import Resource
from engine.services import permissions
from engine.services.command import refuse
from engine.services.companions import companions_of, is_bound_by_deployment
from engine.services.context import Context
from engine.services.deployments import DeploymentService
from engine.services.file_drafts import FileDraftService
from engine.services.lint import lint

MAX_COMMENT = 2_000


class LibraryDeployment:
    """Puts drafts and files in as one deployment."""

    def __init__(
        self, context: Context, deployments: DeploymentService, drafts: FileDraftService
    ) -> None:
        self._context = context
        self._deployments = deployments
        self._drafts = drafts

    def lint(self, actor: Actor, files: Mapping[str, bytes]) -> list[Finding]:
        """Return the findings of *files*, beside what is deployed already."""
        with self._context.database.read() as connection:
            companions = companions_of(connection, files)
        return lint(actor, files, companions)

    def deploy(
        self,
        actor: Actor,
        files: Mapping[str, bytes],
        *,
        drafts: Sequence[str] = (),
        processes: Sequence[str] = (),
        comment: str = "",
        confirmed: bool = False,
    ) -> tuple[Deployment, list[Finding]]:
        """Deploy *files* and the *drafts* of these names; return it with all findings.

        The deployed *processes* of these ids are deployed again, so that their next cases get
        what they are bound to by ``deployment`` as it is now. Deployed files that all these are
        bound to so come along, each in its newest version, unless they are among them. Unless
        *confirmed*, warnings stand in the way too (WarningsToConfirm carries the findings).
        Raises DeploymentRefused for errors, Outdated if a draft was saved meanwhile, NotFound
        for a process that is not there.
        """
        if not permissions.may_deploy(actor):
            refuse(self._context, actor, "only process owners deploy")
        if len(comment) > MAX_COMMENT:
            raise InvalidInput(f"a comment has at most {MAX_COMMENT} characters")
        saved = {name: self._drafts.get(actor, name) for name in drafts}
        twice = sorted(saved.keys() & files.keys())
        if twice:
            raise InvalidInput(f"{twice[0]} is there twice, as a file and as a draft")
        given = {**files, **{name: row.content for name, row in saved.items()}}
        resources = {**self._deployed(processes), **given}
        findings = self.lint(actor, resources)
        severities = {finding.severity for finding in findings}
        if Severity.ERROR in severities:
            raise DeploymentRefused("errors stand in the way", findings)
        if Severity.WARNING in severities and not confirmed:
            raise WarningsToConfirm("read the warnings and confirm them", findings)
        with self._context.database.read() as connection:
            companions = companions_of(connection, resources, is_bound_by_deployment)
        deployment = self._deployments.deploy(
            actor,
            {**companions, **resources},
            comment=comment or None,
            drafts={name: row.revision for name, row in saved.items()},
        )
        return deployment, findings

    def _deployed(self, process_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the files of deployed processes; raises NotFound."""
        files: dict[str, bytes] = {}
        with self._context.database.read() as connection:
            for process_id in process_ids:
                file = _file_of(connection, process_id)
                if files.setdefault(file.name, file.content) != file.content:
                    raise InvalidInput(f"two of the processes have a file called {file.name}")
        return files


def _file_of(connection: Connection, process_id: str) -> Resource:
    process = definitions.latest(connection, DefinitionKind.PROCESS, process_id)
    file = definitions.find_resource(connection, process.resource_key) if process else None
    if file is None:
        raise NotFound(f"there is no process {process_id!r}")
    return file
