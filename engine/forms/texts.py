"""What a form calls its values, for who reads them elsewhere: labels and the words of options."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTexts:
    """The label of a field, None where it has none of its own, and its options by value."""

    label: str | None
    options: Mapping[str, str]


def texts_of(schema: Mapping[str, object]) -> dict[str, FieldTexts]:
    """Return the texts of each field of a form-js schema, by dotted path; rows of lists too.

    A label that is computed (it begins with ``=`` or holds ``{{``) says nothing outside its form.
    """
    return dict(_texts(schema, ""))


def _texts(holder: Mapping[str, object], prefix: str) -> Iterator[tuple[str, FieldTexts]]:
    components = holder.get("components")
    for component in components if isinstance(components, list) else []:
        if not isinstance(component, dict):
            continue
        name = component.get("key") or component.get("path")
        path = prefix + name if isinstance(name, str) else prefix
        if isinstance(name, str):
            yield path, FieldTexts(label=_label(component), options=_options(component))
        inside = f"{path}." if isinstance(name, str) and name else prefix
        yield from _texts(component, inside)


def _label(component: Mapping[str, object]) -> str | None:
    for name in ("label", "dateLabel", "timeLabel"):
        text = component.get(name)
        if isinstance(text, str) and text.strip():
            return None if text.startswith("=") or "{{" in text else text.strip()
    return None


def _options(component: Mapping[str, object]) -> dict[str, str]:
    values = component.get("values")
    return {
        str(option["value"]): str(option.get("label") or option["value"])
        for option in (values if isinstance(values, list) else [])
        if isinstance(option, dict) and "value" in option
    }
