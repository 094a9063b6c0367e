"""BPMN 2.0 in the Camunda 8 dialect, executed on SpiffWorkflow.

The one public face of the engine's heart: `parse_process` turns a file into `ProcessModel`s or
refuses it by name; `Execution` runs one process instance, fed by commands, and hands out the
facts of `engine.domain.events`. Spiff moves the tokens; variables, waits, time and effects are
ours. Nothing else of this package, and SpiffWorkflow nowhere else, is imported by others; only
the linter reads the plain records of `engine.bpmn.nodes` too.
"""

from engine.bpmn.execution import Execution
from engine.bpmn.expressions import Evaluator
from engine.bpmn.host import DecisionAnswer, Host
from engine.bpmn.incidents import ErrorType
from engine.bpmn.limits import DEFAULT_LIMITS, Limits
from engine.bpmn.model import (
    ElementInfo,
    ElementReference,
    FlowInfo,
    ParsedBpmn,
    ProcessModel,
    ReferenceKind,
    StartEventInfo,
)
from engine.bpmn.nodes import ElementType
from engine.bpmn.parser import parse_process
from engine.bpmn.timers import FOR_EVER, Schedule, TimerDefinition, TimerKind

__all__ = [
    "DEFAULT_LIMITS",
    "FOR_EVER",
    "DecisionAnswer",
    "ElementInfo",
    "ElementReference",
    "ElementType",
    "ErrorType",
    "Evaluator",
    "Execution",
    "FlowInfo",
    "Host",
    "Limits",
    "ParsedBpmn",
    "ProcessModel",
    "ReferenceKind",
    "Schedule",
    "StartEventInfo",
    "TimerDefinition",
    "TimerKind",
    "parse_process",
]
