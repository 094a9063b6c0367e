"""``/api/imports``: diagrams of other tools, translated to the dialect that can be deployed."""

from api.content import Multipart, Part
from api.context import Context
from api.findings import FindingResult, shown
from api.models import Model
from api.operation import operation
from engine.errors import Forbidden, InvalidInput
from engine.services.imports import import_file

TAG = "Model"


class ImportedForm(Model):
    """The form of a decision that the import added; deploy it with the diagram."""

    file_name: str
    content: str


class ImportedModel(Model):
    """The translated diagram, whether it can be deployed, and what must be known about it.

    ``bpmn`` is empty when the file was refused.
    """

    file_name: str
    executable: bool
    bpmn: str
    forms: list[ImportedForm]
    findings: list[FindingResult]


@operation(
    "POST",
    "/api/imports",
    tag=TAG,
    summary="Import a diagram of another tool",
    parts=(Part(name="file", description="A BPMN 2.0 file of any tool, in any encoding."),),
    errors=(Forbidden, InvalidInput),
)
def import_model(context: Context, parts: Multipart) -> ImportedModel:
    """Translate a diagram and say, element by element, what was changed and what is missing.

    Nothing is stored. What cannot be translated becomes a step for a person or an error; a
    diagram with an error can be drawn but not deployed.
    """
    (upload,) = parts.files
    result = import_file(context.actor, file_name=upload.file_name, content=upload.read())
    return ImportedModel(
        file_name=upload.file_name,
        executable=result.executable,
        bpmn=result.bpmn.decode(),
        forms=[
            ImportedForm(file_name=name, content=content.decode())
            for name, content in result.forms.items()
        ],
        findings=shown(result.findings),
    )
