"""``/v2/deployments``: putting models in."""

from api.content import Multipart, Part
from api.context import Context
from api.errors import BadRequest
from api.operation import operation
from api.v2.models.definitions import (
    DeploymentDecisionRequirementsResult,
    DeploymentDecisionResult,
    DeploymentFormResult,
    DeploymentMetadataResult,
    DeploymentProcessResult,
    DeploymentResult,
)
from engine.domain.definitions import DefinitionKind, DeployedDefinition, Deployment
from engine.errors import DeploymentRefused, FieldProblem, Forbidden, InvalidInput

TAG = "Resource"


@operation(
    "POST",
    "/v2/deployments",
    tag=TAG,
    summary="Deploy resources",
    errors=(DeploymentRefused, Forbidden, InvalidInput),
    parts=(
        Part(
            name="resources",
            description="A process (.bpmn), decisions (.dmn) or a form (.form); give many.",
            many=True,
        ),
        Part(name="tenantId", description="`<default>`", is_file=False, required=False),
    ),
)
def create_deployment(context: Context, parts: Multipart) -> DeploymentResult:
    """Put files in together, all or none, and make their newest versions the ones that start.

    A file that did not change keeps its version. What cannot be executed right is refused with
    findings by element id.
    """
    _check_tenant(parts)
    resources = {upload.file_name: upload.read() for upload in parts.files}
    if len(resources) < len(parts.files):
        raise BadRequest("Two files have the same name, or a part is no file.")
    return _result(context.application.deployments.deploy(context.actor, resources))


def _check_tenant(parts: Multipart) -> None:
    if parts.fields.get("tenantId", "<default>") != "<default>":
        problem = FieldProblem(
            pointer="/tenantId", code="tenant", message="the only tenant is <default>"
        )
        raise BadRequest(f"/tenantId: {problem.message}.", [problem])


def _result(deployment: Deployment) -> DeploymentResult:
    drg_ids = {
        member.definition.key: member.definition.id
        for member in deployment.members
        if member.definition.kind is DefinitionKind.DRG
    }
    return DeploymentResult(
        deployment_key=deployment.key,
        deployments=tuple(_metadata(member, drg_ids) for member in deployment.members),
    )


def _metadata(member: DeployedDefinition, drg_ids: dict[int, str]) -> DeploymentMetadataResult:
    model = member.definition
    match model.kind:
        case DefinitionKind.PROCESS:
            return DeploymentMetadataResult(
                process_definition=DeploymentProcessResult(
                    process_definition_key=model.key,
                    process_definition_id=model.id,
                    process_definition_version=model.version,
                    resource_name=member.resource_name,
                )
            )
        case DefinitionKind.DECISION:
            drg_key = model.drg_key or model.key
            return DeploymentMetadataResult(
                decision_definition=DeploymentDecisionResult(
                    decision_definition_key=model.key,
                    decision_definition_id=model.id,
                    version=model.version,
                    name=model.name or model.id,
                    decision_requirements_key=drg_key,
                    decision_requirements_id=drg_ids.get(drg_key, model.id),
                )
            )
        case DefinitionKind.DRG:
            return DeploymentMetadataResult(
                decision_requirements=DeploymentDecisionRequirementsResult(
                    decision_requirements_key=model.key,
                    decision_requirements_id=model.id,
                    decision_requirements_name=model.name or model.id,
                    version=model.version,
                    resource_name=member.resource_name,
                )
            )
        case DefinitionKind.FORM:
            return DeploymentMetadataResult(
                form=DeploymentFormResult(
                    form_key=model.key,
                    form_id=model.id,
                    version=model.version,
                    resource_name=member.resource_name,
                )
            )
