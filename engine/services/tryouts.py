"""Try-outs: what a decision, a form or an expression would answer. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from engine.dmn import DecisionFailed, DecisionModel, EvaluatedDecision, evaluate, parse_decisions
from engine.dmn.analysis import analyse
from engine.dmn.examples import check_examples, same_answer
from engine.domain.findings import Finding
from engine.domain.identity import Actor
from engine.errors import ExpressionError, FieldProblem, Forbidden, InvalidInput, LimitExceeded
from engine.feel import compile_expression, to_json
from engine.forms import parse_form, validate
from engine.services import permissions
from engine.services.context import Context
from engine.services.decision_evaluation import as_json

MAX_ROWS = 200
_TRIED = "tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTried:
    """What a decision answers to one row of inputs.

    ``evaluated`` are the decisions that were made, required ones first; with an ``error`` the
    last is the one at fault, ``failed_decision``.
    """

    output: object
    evaluated: Sequence[Mapping[str, object]]
    error: str | None = None
    failed_decision: str | None = None

    def answers(self, expected: object) -> bool:
        """Say whether this is the answer that somebody expects; a failure never is."""
        return self.error is None and same_answer(self.output, expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTried:
    """The answers, row by row, and what is to be said about the file."""

    rows: Sequence[RowTried]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTried:
    """What a task would get, or None and a problem per field; and the form, translated."""

    values: Mapping[str, object] | None
    problems: Sequence[FieldProblem]
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionTried:
    """The value as JSON, or why there is none; ``position`` is of the fault in the text."""

    value: object = None
    error: str | None = None
    position: int | None = None


class TryOutService:
    """Answers for people who draw; all bounds of real runs hold."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def decision(
        self, actor: Actor, xml: bytes, decision_id: str, rows: Sequence[Mapping[str, object]]
    ) -> DecisionTried:
        """Evaluate a decision of a file for each row of variables.

        Raises DeploymentRefused with findings by cell for a file that cannot be executed,
        NotFound for a decision that is not in it.
        """
        _require(actor)
        if len(rows) > MAX_ROWS:
            raise InvalidInput(f"at most {MAX_ROWS} rows are tried at once")
        model = parse_decisions(xml, resource_name=_TRIED)
        return DecisionTried(
            rows=[self._row(model, decision_id, row) for row in rows],
            findings=(*analyse(model), *check_examples(model)),
        )

    def form(
        self,
        actor: Actor,
        schema: Mapping[str, object],
        data: Mapping[str, object],
        *,
        variables: Mapping[str, object],
        language: str,
    ) -> FormTried:
        """Check what somebody would enter; *variables* are those with which the form opens.

        Raises DeploymentRefused for what is no form.
        """
        _require(actor)
        form = parse_form(orjson.dumps(schema), resource_name=_TRIED)
        shown = form.translated(language)
        try:
            values = validate(
                form,
                data,
                context=variables,
                now=self._context.clock.now(),
                functions=self._context.functions,
                zone=self._context.zone,
            )
        except InvalidInput as refused:
            return FormTried(values=None, problems=refused.problems, schema=shown)
        return FormTried(values=values, problems=(), schema=shown)

    def expression(
        self, actor: Actor, source: str, variables: Mapping[str, object]
    ) -> ExpressionTried:
        """Evaluate a FEEL expression, with or without its leading ``=``."""
        _require(actor)
        try:
            compiled = compile_expression(source.removeprefix("="), names=variables)
            value = compiled.evaluate(
                variables, now=self._context.clock.now(), functions=self._context.functions
            )
            return ExpressionTried(value=to_json(value))
        except ExpressionError as error:
            return ExpressionTried(error=str(error), position=error.position)
        except LimitExceeded as error:
            return ExpressionTried(error=str(error))

    def _row(self, model: DecisionModel, id: str, variables: Mapping[str, object]) -> RowTried:
        try:
            result = evaluate(
                model,
                id,
                variables,
                now=self._context.clock.now(),
                functions=self._context.functions,
            )
            return RowTried(output=to_json(result.output), evaluated=_shown(result.evaluated))
        except DecisionFailed as failure:
            return RowTried(
                output=None,
                evaluated=_shown(failure.evaluated),
                error=str(failure),
                failed_decision=failure.decision_id,
            )
        except (ExpressionError, LimitExceeded) as error:
            return RowTried(output=None, evaluated=(), error=str(error))


def _shown(evaluated: Sequence[EvaluatedDecision]) -> list[Mapping[str, object]]:
    return [as_json(one) for one in evaluated]


def _require(actor: Actor) -> None:
    if not permissions.is_staff(actor):
        raise Forbidden("only staff try models out")
