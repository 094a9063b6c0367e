"""How processes, their elements and forms are called, in both languages of the product."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.bpmn import ProcessModel
from engine.forms import FormModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A name in English and Chinese; where the diagram has but one, both are that one."""

    en: str
    zh: str


_BOTH = re.compile(r"(.+?) / (.*[\u4e00-\u9fff].*)", re.DOTALL)


def names_of(properties: Mapping[str, str], *, name: str | None, id: str) -> Names:
    """Return the names that a diagram gives by ``name.en`` and ``name.zh``, its label or its id.

    A label may carry both, as ``Survey permission / 调查许可``: decisions have no properties.
    """
    fallback = name or id
    both = _BOTH.fullmatch(fallback)
    english, chinese = both.groups() if both else (fallback, fallback)
    return Names(en=properties.get("name.en") or english, zh=properties.get("name.zh") or chinese)


def names_of_element(process: ProcessModel, element_id: str) -> Names:
    """Return the names of a flow node or sequence flow."""
    element = process.elements.get(element_id)
    if element is not None:
        return names_of(element.properties, name=element.name, id=element_id)
    flow = process.flows.get(element_id)
    if flow is not None:
        return names_of(flow.properties, name=flow.name, id=element_id)
    return Names(en=element_id, zh=element_id)


def names_of_process(process: ProcessModel) -> Names:
    """Return the names of a process."""
    return names_of(process.properties, name=process.name, id=process.process_id)


def names_of_form(form: FormModel) -> Names:
    """Return the titles of a form, or its id where it has none."""
    return Names(en=form.title("en") or form.form_id, zh=form.title("zh") or form.form_id)
