"""``/api/templates``: the steps that the modeler offers ready-made, such as "Send e-mail"."""

from typing import Any

from api.context import Context
from api.models import Model
from api.operation import operation
from engine.resources import shipped_templates

TAG = "Library"


class TemplateList(Model):
    """Element templates, as Camunda Modeler reads them too."""

    items: list[dict[str, Any]]


@operation("GET", "/api/templates", tag=TAG, summary="List the element templates")
def list_templates(context: Context) -> TemplateList:
    """Return a template per job type of the built-in connectors, by file name."""
    return TemplateList(items=shipped_templates())
