"""Variables that expressions read and nothing writes.

Jobs, messages and whoever starts an instance may bring variables that no file names. Where such
an open source exists, a name is reported only if it looks like a slip of a known one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches

from engine.bpmn.expressions import Value
from engine.bpmn.nodes import (
    AwaitedMessage,
    AwaitedSignal,
    CallWork,
    Content,
    DecisionWork,
    JobWork,
    Loop,
    Node,
    Process,
    ScriptWork,
    StartMessage,
    StartSignal,
    UserTaskWork,
)
from engine.feel.free_names import free_names
from engine.forms.model import Container, FormModel
from engine.lint.graph import contents_of
from engine.lint.rules import Report

_LIKENESS = 0.85
_ALWAYS = frozenset({"loopCounter"})


def check_variables(process: Process, forms: Mapping[str, FormModel], report: Report) -> None:
    """Name the variables of each element that nothing in the process writes."""
    contents = list(contents_of(process.content))
    nodes = [node for content in contents for node in content.nodes.values()]
    written = _ALWAYS.union(*(_written(node, forms) for node in nodes))
    closed = not any(_is_open(node, forms) for node in nodes)
    for element_id, names in _reads(contents):
        unknown = sorted(names - written)
        slips = [name for name in unknown if get_close_matches(name, written, 1, _LIKENESS)]
        suspicious = unknown if closed else slips
        if suspicious:
            report.add("unknown-variable", element_id, names=", ".join(suspicious))


def _reads(contents: list[Content]) -> Iterator[tuple[str, frozenset[str]]]:
    for content in contents:
        for flow in content.flows:
            if flow.condition is not None:
                yield flow.id, _names(flow.condition)
        for node in content.nodes.values():
            yield node.id, _read_by(node)


def _read_by(node: Node) -> frozenset[str]:
    """Return what a node reads; its outputs may read what its own work brought."""
    work = () if isinstance(node.work, Content) else _values(node.work)
    values = [*work, *_values(node.loop), *(line.source for line in node.inputs)]
    own = {line.target[0] for line in node.inputs}
    return frozenset().union(*(_names(value) for value in values)) - own


def _names(value: Value) -> frozenset[str]:
    return frozenset() if value.expression is None else free_names(value.expression.tree)


def _values(record: object) -> Iterator[Value]:
    """Iterate over the texts of a record that may be expressions."""
    if isinstance(record, Value):
        yield record
    elif is_dataclass(record) and not isinstance(record, type):
        for part in fields(record):
            yield from _values(getattr(record, part.name))


def _written(node: Node, forms: Mapping[str, FormModel]) -> set[str]:
    names = {line.target[0] for line in (*node.inputs, *node.outputs)}
    if isinstance(node.loop, Loop):
        names |= {n for n in (node.loop.input_element, node.loop.output_collection) if n}
    match node.work:
        case ScriptWork(result_variable=name) | DecisionWork(result_variable=name):
            names.add(name)
        case UserTaskWork(form=form) if form is not None and form.id in forms:
            names |= _entered(forms[form.id])
    if node.start_form is not None and node.start_form.id in forms:
        names |= _entered(forms[node.start_form.id])
    return names


def _entered(form: FormModel) -> set[str]:
    pending = list(form.nodes)
    names: set[str] = set()
    while pending:
        node = pending.pop()
        if node.path:
            names.add(node.path[0])
        if isinstance(node, Container):
            pending.extend(node.children)
    return names


def _is_open(node: Node, forms: Mapping[str, FormModel]) -> bool:
    """Tell whether *node* may bring variables that no file names."""
    match node.work:
        case JobWork() | AwaitedMessage() | AwaitedSignal():
            return not node.outputs
        case StartMessage() | StartSignal():
            return True
        case CallWork(propagate_all_child_variables=everything):
            return everything and not node.outputs
        case UserTaskWork(form=form):
            return form is None or form.id not in forms
        case None:
            plain_start = node.type == "START_EVENT"
            return plain_start and (node.start_form is None or node.start_form.id not in forms)
        case _:
            return False
