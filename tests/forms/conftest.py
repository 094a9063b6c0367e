"""Small forms for tests: components in, a model or a verdict out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.errors import InvalidInput
from engine.forms import FormModel, parse_form, validate

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)

Component = dict[str, object]
Submit = Callable[..., dict[str, object]]
Problems = Callable[..., list[tuple[str, str]]]


def form_of(*components: Component, **more: object) -> FormModel:
    """Parse a form of these components."""
    schema = {"type": "default", "id": "sample", "components": list(components), **more}
    return parse_form(json.dumps(schema).encode(), resource_name="sample.form")


@pytest.fixture
def submit() -> Submit:
    """Enter data in a form of one component or several, and return what it submits."""

    def run(
        components: Component | list[Component], data: dict[str, object], **more: object
    ) -> dict[str, object]:
        listed = components if isinstance(components, list) else [components]
        options: dict[str, object] = {"context": {}, "now": NOW, "functions": {}, **more}
        return validate(form_of(*listed), data, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def problems(submit: Submit) -> Problems:
    """Enter data that must be refused, and return the pointer and code of each problem."""

    def run(*arguments: object, **more: object) -> list[tuple[str, str]]:
        with pytest.raises(InvalidInput) as refusal:
            submit(*arguments, **more)
        return [(problem.pointer, problem.code) for problem in refusal.value.problems]

    return run
