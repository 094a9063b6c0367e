"""DMN decisions: files of DMN 1.1 to 1.5 with FEEL, evaluated with a record of the reasons.

Tables of all hit policies, requirement graphs, literal expressions, business knowledge models and
the other boxed expressions are executed. Imports, decision services, functions in Java or PMML
and other expression languages are not; a file that uses them is refused by element.

Semantics are those of Camunda 8 where it goes beyond DMN or is silent: a required decision's
output is known by the name of its variable, or by its id; a table without a matching rule and
without defaults answers null; one output column answers the value, several a context.
"""

from engine.dmn.evaluation import (
    DecisionFailed,
    DecisionResult,
    DecisionType,
    EvaluatedDecision,
    evaluate,
)
from engine.dmn.model import Decision, DecisionModel, DecisionTable, InputData
from engine.dmn.reader import parse_decisions
from engine.dmn.table import EvaluatedInput, EvaluatedOutput, MatchedRule

__all__ = [
    "Decision",
    "DecisionFailed",
    "DecisionModel",
    "DecisionResult",
    "DecisionTable",
    "DecisionType",
    "EvaluatedDecision",
    "EvaluatedInput",
    "EvaluatedOutput",
    "InputData",
    "MatchedRule",
    "evaluate",
    "parse_decisions",
]
