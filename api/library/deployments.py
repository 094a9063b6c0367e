"""``/api/deployments``: drafts and files become live, with a reason, past their warnings."""

from pydantic import Field, RootModel

from api.content import Multipart, Part
from api.context import Context
from api.errors import BadRequest
from api.findings import FindingResult, shown
from api.models import Key, Model, Moment
from api.operation import operation
from api.validation import read_json
from engine.errors import (
    DeploymentRefused,
    Forbidden,
    InvalidInput,
    NotFound,
    Outdated,
    WarningsToConfirm,
)

TAG = "Library"
MAX_DRAFTS = 500
MAX_PROCESSES = 500


class DraftNames(RootModel[list[str]]):
    """Names of drafts."""

    root: list[str] = Field(max_length=MAX_DRAFTS)


class ProcessIds(RootModel[list[str]]):
    """Ids of processes."""

    root: list[str] = Field(max_length=MAX_PROCESSES)


class DeployedModel(Model):
    """One model of a deployment; a file that did not change keeps its version."""

    key: Key
    kind: str
    id: str
    version: int
    resource_name: str


class LibraryDeploymentResult(Model):
    """What became live, and all that is to be said about it."""

    deployment_key: Key
    deployed_at: Moment
    models: list[DeployedModel]
    findings: list[FindingResult]


@operation(
    "POST",
    "/api/deployments",
    tag=TAG,
    summary="Deploy drafts and files with a reason",
    errors=(DeploymentRefused, WarningsToConfirm, Outdated, NotFound, Forbidden, InvalidInput),
    parts=(
        Part(name="resources", description="Files, by name.", many=True, required=False),
        Part(
            name="drafts",
            description='JSON list of names of drafts, e.g. `["complaint.bpmn"]`.',
            is_file=False,
            required=False,
        ),
        Part(
            name="processes",
            description=(
                "JSON list of ids of deployed processes that are deployed again, so that their"
                " next cases get what is new of what they are bound to."
            ),
            is_file=False,
            required=False,
        ),
        Part(name="comment", description="Why; kept for good.", is_file=False, required=False),
        Part(
            name="confirmWarnings",
            description="`true`: the warnings were read and are accepted.",
            is_file=False,
            required=False,
        ),
    ),
)
def deploy_from_library(context: Context, parts: Multipart) -> LibraryDeploymentResult:
    """Put drafts and files in together, all or none; the drafts are gone afterwards.

    Errors refuse the deployment with findings by element id, warnings do until they are
    confirmed (409, `warnings-to-confirm`). 412 says who saved one of the drafts meanwhile.
    """
    files = {upload.file_name: upload.read() for upload in parts.files}
    if len(files) < len(parts.files):
        raise BadRequest("Two files have the same name.")
    confirmed = parts.fields.get("confirmWarnings", "false")
    if confirmed not in ("true", "false"):
        raise BadRequest("confirmWarnings must be true or false.")
    deployment, findings = context.application.library.deploy(
        context.actor,
        files,
        drafts=read_json(DraftNames, parts.fields.get("drafts", "[]").encode()).root,
        processes=read_json(ProcessIds, parts.fields.get("processes", "[]").encode()).root,
        comment=parts.fields.get("comment", ""),
        confirmed=confirmed == "true",
    )
    return LibraryDeploymentResult(
        deployment_key=deployment.key,
        deployed_at=deployment.deployed_at,
        models=[
            DeployedModel(
                key=member.definition.key,
                kind=member.definition.kind,
                id=member.definition.id,
                version=member.definition.version,
                resource_name=member.resource_name,
            )
            for member in deployment.members
        ],
        findings=shown(findings),
    )
