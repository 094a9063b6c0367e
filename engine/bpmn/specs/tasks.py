"""Tasks: what a person, a worker, a decision or an expression does."""

from collections.abc import Mapping
from datetime import datetime

from engine.bpmn.expressions import Evaluator, Value, compile_value
from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import ProcessSpec, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import DecisionWork, JobWork, Node, ScriptWork, UserTaskWork
from engine.bpmn.specs.node import NodeSpec
from engine.domain.events import DecisionMade, JobCreated, UserTaskCreated
from engine.errors import ExpressionError, InvalidInput, LimitExceeded, NotFound

_NOBODY = compile_value("")


class UserTaskSpec(NodeSpec):
    """Asks a person to work and waits."""

    awaits_completion = True
    has_work_outside = True

    def __init__(
        self, process: ProcessSpec, node: Node, asked: UserTaskWork, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.asked = asked

    def work(self, token: Token) -> bool:
        """Ask."""
        asked, evaluator, seen = self.asked, token.instance.evaluator, self.variables(token)
        groups = evaluator.texts(asked.candidate_groups or _NOBODY, seen)
        users = evaluator.texts(asked.candidate_users or _NOBODY, seen)
        assignee = _optional_text(evaluator, asked.assignee, seen)
        if asked.lane_group is not None and not (groups or users or assignee):
            groups = (asked.lane_group,)
        token.instance.emit(
            UserTaskCreated(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                assignee=assignee,
                candidate_groups=groups,
                candidate_users=users,
                due_date=_optional_moment(evaluator, asked.due_date, seen),
                follow_up_date=_optional_moment(evaluator, asked.follow_up_date, seen),
                priority=_priority(evaluator, asked.priority, seen),
                form=asked.form,
                properties=self.node.properties,
            )
        )
        return False


class JobSpec(NodeSpec):
    """Leaves a job for a worker and waits: service and send tasks, message throw and end events."""

    awaits_completion = True
    has_work_outside = True

    def __init__(
        self, process: ProcessSpec, node: Node, job: JobWork, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.job = job

    def work(self, token: Token) -> bool:
        """Leave the job."""
        evaluator, seen = token.instance.evaluator, self.variables(token)
        token.instance.emit(
            JobCreated(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                type=evaluator.text(self.job.type, seen),
                retries=evaluator.integer(self.job.retries, seen),
                headers=self.job.headers,
            )
        )
        return False


class ScriptSpec(NodeSpec):
    """Evaluates one FEEL expression."""

    def __init__(
        self, process: ProcessSpec, node: Node, script: ScriptWork, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.script = script

    def work(self, token: Token) -> bool:
        """Evaluate, and keep the result."""
        result = token.instance.evaluator.json(self.script.expression, self.variables(token))
        deliver(token, self.node.outputs, {self.script.result_variable: result})
        return True


class DecisionSpec(NodeSpec):
    """Has a decision evaluated."""

    def __init__(
        self, process: ProcessSpec, node: Node, called: DecisionWork, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.called = called

    def work(self, token: Token) -> bool:
        """Have it evaluated, record how, and keep the result."""
        decision = self.called.decision
        try:
            answer = token.instance.host.decide(decision, self.variables(token))
        except NotFound as missing:
            raise ElementFailed(ErrorType.CALLED_DECISION_ERROR, str(missing)) from missing
        except (ExpressionError, LimitExceeded, InvalidInput) as problem:
            raise ElementFailed(ErrorType.DECISION_EVALUATION_ERROR, str(problem)) from problem
        token.instance.emit(
            DecisionMade(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                decision=decision,
                decision_key=answer.decision_key,
                evaluations=answer.evaluations,
                output=answer.output,
            )
        )
        deliver(token, self.node.outputs, {self.called.result_variable: answer.output})
        return True


def _optional_text(
    evaluator: Evaluator, value: Value | None, seen: Mapping[str, object]
) -> str | None:
    if value is None or evaluator.feel(value, seen) in (None, ""):
        return None
    return evaluator.text(value, seen)


def _optional_moment(
    evaluator: Evaluator, value: Value | None, seen: Mapping[str, object]
) -> datetime | None:
    return None if value is None else evaluator.moment(value, seen)


def _priority(evaluator: Evaluator, value: Value, seen: Mapping[str, object]) -> int:
    priority = evaluator.integer(value, seen)
    if not 0 <= priority <= 100:
        raise ElementFailed(
            ErrorType.EXTRACT_VALUE_ERROR,
            f"The priority {value.text} should be between 0 and 100, but is {priority}",
        )
    return priority
