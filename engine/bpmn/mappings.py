"""Input and output mappings (``zeebe:ioMapping``) and the way results take without them.

The rules are Camunda 8's ("Variables", input/output mappings and propagation):

* An input mapping makes a variable of the element's own scope.
* Without output mappings each result goes to the nearest scope, from the element's own outwards,
  that owns the name, else to the process instance.
* With output mappings the results stay local, and only the targets leave, to the nearest scope
  outside the element that owns the name.
* Lines apply in order and see the targets of those before. A target with dots makes or, for an
  output, changes a part of a context.
"""

from collections.abc import Mapping, Sequence

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Token
from engine.bpmn.nodes import VariableMapping


def apply_inputs(token: Token, mappings: Sequence[VariableMapping]) -> None:
    """Make the local variables of the element that *token* stands at."""
    for name, value in _evaluate(token, mappings, keep_existing=False).items():
        token.instance.scopes.set_local(token.key, name, value)


def apply_outputs(token: Token, mappings: Sequence[VariableMapping]) -> None:
    """Let the targets of *mappings* leave the element that *token* stands at."""
    if mappings:
        targets = _evaluate(token, mappings, keep_existing=True)
        token.instance.scopes.merge(token.scope_key, targets)


def deliver(
    token: Token, outputs: Sequence[VariableMapping], results: Mapping[str, object]
) -> None:
    """Take in what work, a message or an error brought to the element of *token*."""
    scopes = token.instance.scopes
    if not outputs:
        scopes.merge(token.key, results)
        return
    for name, value in results.items():
        scopes.set_local(token.key, name, value)


def _evaluate(
    token: Token, mappings: Sequence[VariableMapping], *, keep_existing: bool
) -> dict[str, object]:
    instance = token.instance
    results: dict[str, object] = {}
    for mapping in mappings:
        try:
            value = instance.evaluator.json(
                mapping.source, instance.scopes.view(token.key, results)
            )
        except ElementFailed as failure:
            raise ElementFailed(ErrorType.IO_MAPPING_ERROR, str(failure)) from failure
        name, *path = mapping.target
        if path:
            known = results.get(name)
            if known is None and keep_existing:
                known = instance.scopes.view(token.key).get(name)
            value = _with_part(known, path, value)
        results[name] = value
    return results


def _with_part(whole: object, path: Sequence[str], value: object) -> dict[str, object]:
    """Return a copy of the context *whole* with the part at *path* replaced."""
    copy: dict[str, object] = dict(whole) if isinstance(whole, dict) else {}
    name, *rest = path
    copy[name] = _with_part(copy.get(name), rest, value) if rest else value
    return copy
