"""``/api/decisions/try``, ``/api/forms/try``, ``/api/feel/try``: what would come out."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, Literal

from pydantic import Field, JsonValue

from api.context import Context
from api.findings import FindingResult, shown
from api.models import Model
from api.operation import operation
from api.v2.models.common import Json, Name, Variables
from engine.errors import DeploymentRefused, Forbidden, InvalidInput, NotFound
from engine.services.tryouts import MAX_ROWS, RowTried

TAG = "Library"


class Expectation(Model):
    """What somebody expects the decision to answer."""

    answer: JsonValue


class DecisionTry(Model):
    """A file of decisions and rows of inputs."""

    xml: str = Field(description="The .dmn file.")
    decision_id: Name
    rows: list[Variables] = Field(max_length=MAX_ROWS, description="Variables, row by row.")
    expected: list[Expectation | None] = Field(
        default=[], max_length=MAX_ROWS, description="What the rows are to answer, in their order."
    )


class RuleHit(Model):
    """A rule that matched."""

    rule_id: str
    index: int = Field(description="In the table, from 1.")


class DecisionMade(Model):
    """One decision that was made on the way, required ones first."""

    decision_id: str
    name: str
    inputs: dict[str, JsonValue] = Field(description="Values of the input columns, by their id.")
    rules: list[RuleHit]
    output: JsonValue


class RowResult(Model):
    """What the decision answers to one row."""

    output: JsonValue
    rules: list[RuleHit] = Field(description="Of the decision that was asked.")
    decisions: list[DecisionMade]
    error: str | None
    failed_decision_id: str | None = Field(description="The one at fault, perhaps a required one.")
    as_expected: bool | None = Field(description="Null where nothing was expected.")


class DecisionTryResult(Model):
    """The answers, in the order of the rows, and what is to be said about the file."""

    rows: list[RowResult]
    findings: list[FindingResult] = Field(description="By element id; cells have ids.")


class FormTry(Model):
    """A form and what somebody enters."""

    form: dict[str, Json] = Field(alias="schema", description="The .form file.")
    data: dict[str, Json]
    variables: Variables = Field(default={}, description="With which the form opens.")
    language: Literal["en", "zh"] | None = Field(default=None, description="Else the request's.")


class FieldError(Model):
    """What is wrong with one field."""

    pointer: str = Field(description="JSON pointer into `data`.")
    code: str
    message: str
    params: dict[str, JsonValue]


class FormTryResult(Model):
    """What a task would get: values, or what is wrong by field."""

    values: dict[str, JsonValue] | None
    errors: list[FieldError]
    form: dict[str, JsonValue] = Field(alias="schema", description="The form in the language.")


class ExpressionTry(Model):
    """A FEEL expression and its variables."""

    expression: str = Field(max_length=20_000)
    variables: Variables = Field(default={})


class ExpressionTryResult(Model):
    """The value, or why there is none."""

    value: JsonValue
    error: str | None
    position: int | None = Field(description="Where in the text the fault is, from 0.")


@operation(
    "POST",
    "/api/decisions/try",
    tag=TAG,
    summary="Try a decision",
    errors=(DeploymentRefused, NotFound, Forbidden, InvalidInput),
)
def try_decision(context: Context, body: DecisionTry) -> DecisionTryResult:
    """Evaluate rows of inputs with a file as it is now, and say which rules matched.

    Nothing is stored. A file that cannot be executed is refused with findings by cell.
    """
    tried = context.application.tryouts.decision(
        context.actor, body.xml.encode(), body.decision_id, body.rows
    )
    rows = [
        _row(row, body.decision_id, expected)
        for row, expected in zip_longest(tried.rows, body.expected[: len(tried.rows)])
    ]
    return DecisionTryResult(rows=rows, findings=shown(tried.findings))


@operation(
    "POST",
    "/api/forms/try",
    tag=TAG,
    summary="Try a form",
    errors=(DeploymentRefused, Forbidden),
)
def try_form(context: Context, body: FormTry) -> FormTryResult:
    """Check entries as a task would, and return what it would get. Nothing is stored."""
    tried = context.application.tryouts.form(
        context.actor,
        body.form,
        body.data,
        variables=body.variables,
        language=body.language or context.language,
    )
    errors = [FieldError.model_validate(one, from_attributes=True) for one in tried.problems]
    values = None if tried.values is None else dict(tried.values)
    return FormTryResult.model_validate(
        {"values": values, "errors": errors, "form": dict(tried.schema)}
    )


@operation("POST", "/api/feel/try", tag=TAG, summary="Try an expression", errors=(Forbidden,))
def try_expression(context: Context, body: ExpressionTry) -> ExpressionTryResult:
    """Evaluate a FEEL expression with the product's own functions. Nothing is stored."""
    tried = context.application.tryouts.expression(context.actor, body.expression, body.variables)
    return ExpressionTryResult.model_validate(tried, from_attributes=True)


def _row(row: RowTried, decision_id: str, expected: Expectation | None) -> RowResult:
    made = [_made(one) for one in row.evaluated]
    asked = [one for one in made if one.decision_id == decision_id]
    return RowResult.model_validate(
        {
            "output": row.output,
            "rules": asked[-1].rules if asked else [],
            "decisions": made,
            "error": row.error,
            "failed_decision_id": row.failed_decision,
            "as_expected": None if expected is None else row.answers(expected.answer),
        }
    )


def _made(one: Mapping[str, Any]) -> DecisionMade:
    return DecisionMade(
        decision_id=one["decision_id"],
        name=one["name"],
        inputs={given["id"]: given["value"] for given in one["inputs"]},
        rules=[RuleHit(rule_id=r["rule_id"], index=r["index"]) for r in one["matched_rules"]],
        output=one["output"],
    )
