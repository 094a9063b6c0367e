"""``/api/process-definitions/{key}/variable-names``: how people call what a process knows."""

from pydantic import Field

from api.cases.cases import names
from api.cases.models import Names
from api.context import Context
from api.models import Model
from api.operation import operation
from engine.errors import NotFound


class OptionName(Model):
    """A fixed value of a variable, in words."""

    value: str
    names: Names


class VariableName(Model):
    """A variable, or with dots a part of it such as `returned_items.sku`."""

    name: str
    names: Names | None = Field(description="Null: a field without a label.")
    options: list[OptionName]


class VariableNames(Model):
    """The variables that have a name for people."""

    items: list[VariableName]


@operation(
    "GET",
    "/api/process-definitions/<key:key>/variable-names",
    tag="Case",
    summary="Read what the data of a process is called",
    errors=(NotFound,),
)
def get_variable_names(context: Context, key: int) -> VariableNames:
    """Return the labels of the process's forms and those that the diagram declares.

    The diagram declares them by the properties `label.<variable>.en` and `label.<variable>.zh`
    of the process.
    """
    found = context.application.queries.variable_names.of(context.actor, key)
    return VariableNames(
        items=[
            VariableName(
                name=path,
                names=names(known.names) if known.names else None,
                options=[
                    OptionName(value=value, names=names(both))
                    for value, both in known.options.items()
                ],
            )
            for path, known in sorted(found.items())
        ]
    )
