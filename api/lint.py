"""``/api/lint``: what is wrong with files, before anybody deploys them."""

from api.content import Multipart, Part
from api.context import Context
from api.findings import FindingResult, shown
from api.models import Model
from api.operation import operation
from engine.domain.findings import Severity
from engine.errors import Forbidden, InvalidInput

TAG = "Model"


class LintResult(Model):
    """Whether the files could be deployed, and all that is to be said about them."""

    deployable: bool
    findings: list[FindingResult]


@operation(
    "POST",
    "/api/lint",
    tag=TAG,
    summary="Check processes, decisions and forms",
    parts=(Part(name="resources", description="The files, by name.", many=True),),
    errors=(Forbidden, InvalidInput),
)
def lint_resources(context: Context, parts: Multipart) -> LintResult:
    """Return the findings of all files together; nothing is stored.

    Errors refuse a deployment. Warnings and infos are about what may go wrong later. A link may
    lead to one of the files, or to what is deployed already.
    """
    files = {upload.file_name: upload.read() for upload in parts.files}
    findings = context.application.library.lint(context.actor, files)
    return LintResult(
        deployable=all(finding.severity is not Severity.ERROR for finding in findings),
        findings=shown(findings),
    )
