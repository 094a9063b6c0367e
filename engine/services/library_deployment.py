"""The library: files and drafts are checked and deployed, with what they need of what is live."""

from collections.abc import Mapping, Sequence

from engine.domain.definitions import Deployment
from engine.domain.findings import Finding, Severity
from engine.domain.identity import Actor
from engine.errors import DeploymentRefused, InvalidInput, WarningsToConfirm
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
        comment: str = "",
        confirmed: bool = False,
    ) -> tuple[Deployment, list[Finding]]:
        """Deploy *files* and the *drafts* of these names; return it with all findings.

        Deployed files that they are bound to by ``deployment`` come along, each in its newest
        version, unless they are among them. Unless *confirmed*, warnings stand in the way too
        (WarningsToConfirm carries the findings). Raises DeploymentRefused for errors, Outdated
        if a draft was saved meanwhile.
        """
        if not permissions.may_deploy(actor):
            refuse(self._context, actor, "only process owners deploy")
        if len(comment) > MAX_COMMENT:
            raise InvalidInput(f"a comment has at most {MAX_COMMENT} characters")
        saved = {name: self._drafts.get(actor, name) for name in drafts}
        twice = sorted(saved.keys() & files.keys())
        if twice:
            raise InvalidInput(f"{twice[0]} is there twice, as a file and as a draft")
        resources = {**files, **{name: row.content for name, row in saved.items()}}
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
