"""Forms in several languages: a block ``translations`` beside the components.

::

    "translations": {"zh": {"reason": {"label": "原因", "options": {"late": "太晚"}}}}

Each language names components by key (a list or group by its path) or by id. An entry may hold
any of the texts below, and ``options``: the label of each option by its value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.forms.properties import Report

TEXTS = frozenset(
    {
        "label",
        "description",
        "text",
        "content",
        "dateLabel",
        "timeLabel",
        "alt",
        "title",
        "prefixAdorner",
        "suffixAdorner",
        "patternErrorMessage",
    }
)
"""The texts of a component that can be translated; they stand where the schema has them."""

_SECTIONS = {
    "prefixAdorner": "appearance",
    "suffixAdorner": "appearance",
    "patternErrorMessage": "validate",
}
_FORM_TEXTS = frozenset({"title"})
_TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Texts of a component that a language lacks; ``component`` is None for the form itself.

    An option's label is named by ``options.`` and its value.
    """

    component: str | None
    language: str
    texts: tuple[str, ...]


def translate(schema: Mapping[str, object], language: str) -> dict[str, object]:
    """Return a copy of *schema* in *language*, without its translations.

    What the language does not say, or says with an empty text, stays as it was written.
    """
    blocks = schema.get("translations")
    block = blocks.get(language) if isinstance(blocks, dict) else None
    entries = block if isinstance(block, dict) else {}
    translated = {key: value for key, value in schema.items() if key != "translations"}
    translated.update({name: entries[name] for name in _form_texts(entries) if entries[name]})
    translated["components"] = _translate_all(schema.get("components"), entries)
    return translated


def check_translations(schema: Mapping[str, object], report: Report) -> None:
    """Report translations of components, texts and options that do not exist."""
    blocks = schema.get("translations", {})
    if not isinstance(blocks, dict):
        _wrong(report, None, "“translations” must be an object", "“translations”必须是对象")
        return
    components = {name: each for each in _components(schema) for name in _names(each)}
    for language, entries in blocks.items():
        if not isinstance(entries, dict):
            _wrong(report, None, f"“{language}” must be an object", f"“{language}”必须是对象")
            continue
        for name in entries.keys() - _form_texts(entries):
            _check_entry(name, entries[name], components.get(name), report)


def untranslated(schema: Mapping[str, object]) -> Iterator[Gap]:
    """Find what is not said in a language that the form has a block of.

    Texts without a letter, such as ``{{number}}``, and expressions need no translation.
    """
    blocks = schema.get("translations")
    for language, block in blocks.items() if isinstance(blocks, dict) else ():
        entries = block if isinstance(block, dict) else {}
        if _needs_words(schema.get("title")) and not _is_said("title", entries):
            yield Gap(component=None, language=language, texts=("title",))
        for component in _components(schema):
            said = _entry_of(component, entries)
            missing = tuple(name for name in _texts(component) if not _is_said(name, said))
            if missing:
                named = _names(component)
                yield Gap(component=named[-1] if named else None, language=language, texts=missing)


def _texts(component: Mapping[str, object]) -> Iterator[str]:
    """Name the texts of a component that need words in each language."""
    for name in sorted(TEXTS):
        section = _SECTIONS.get(name)
        holder = component.get(section) if section else component
        if isinstance(holder, dict) and _needs_words(holder.get(name)):
            yield name
    for option in _static_options(component):
        if _needs_words(option.get("label")):
            yield f"options.{option.get('value')}"


def _is_said(name: str, entry: Mapping[str, object]) -> bool:
    options = entry.get("options")
    texts = options if name.startswith("options.") else entry
    said = texts.get(name.removeprefix("options.")) if isinstance(texts, Mapping) else None
    return isinstance(said, str) and said != ""


def _needs_words(text: object) -> bool:
    if not isinstance(text, str) or text.startswith("="):
        return False
    return any(character.isalpha() for character in _TEMPLATE.sub("", text))


def _check_entry(
    name: str, entry: object, component: Mapping[str, object] | None, report: Report
) -> None:
    if component is None:
        _wrong(report, name, "there is no such field", "没有这个字段")
        return
    if not isinstance(entry, dict):
        _wrong(report, name, "the entry must be an object", "此项必须是对象")
        return
    for text in sorted(entry.keys() - {"options"}):
        if text not in TEXTS or not isinstance(entry[text], str):
            _wrong(report, name, f"“{text}” is not a text to translate", f"“{text}”不能翻译")
    options = entry.get("options", {})
    known = {str(option.get("value")) for option in _static_options(component)}
    for value in sorted(options.keys() - known) if isinstance(options, dict) else ["options"]:
        _wrong(report, name, f"there is no option “{value}”", f"没有选项“{value}”")


def _wrong(report: Report, name: str | None, message_en: str, message_zh: str) -> None:
    where = f" of “{name}”" if name else ""
    of_name = f"“{name}”的" if name else ""
    report.error(
        "form-translation",
        name,
        f"The translation{where} is wrong: {message_en}.",
        f"{of_name}翻译有误:{message_zh}。",
    )


def _form_texts(entries: Mapping[str, object]) -> frozenset[str]:
    """Name the entries that are texts of the form itself, not of a field called so."""
    return frozenset(name for name in _FORM_TEXTS if isinstance(entries.get(name), str))


def _components(node: Mapping[str, object]) -> Iterator[dict[str, object]]:
    components = node.get("components")
    for component in components if isinstance(components, list) else []:
        if isinstance(component, dict):
            yield component
            yield from _components(component)


def _names(component: Mapping[str, object]) -> list[str]:
    names = (component.get("id"), component.get("path"), component.get("key"))
    return [name for name in names if isinstance(name, str)]


def _static_options(component: Mapping[str, object]) -> list[dict[str, object]]:
    values = component.get("values")
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def _translate_all(components: object, entries: Mapping[str, object]) -> list[object]:
    known = components if isinstance(components, list) else []
    return [_translate_one(each, entries) if isinstance(each, dict) else each for each in known]


def _translate_one(
    component: dict[str, object], entries: Mapping[str, object]
) -> dict[str, object]:
    translated = dict(component)
    if "components" in component:
        translated["components"] = _translate_all(component["components"], entries)
    entry = _entry_of(component, entries)
    for name in TEXTS & entry.keys():
        if entry[name]:
            _place(translated, name, entry[name])
    options = entry.get("options")
    if isinstance(options, dict):
        translated["values"] = _translate_options(component.get("values"), options)
    return translated


def _entry_of(
    component: Mapping[str, object], entries: Mapping[str, object]
) -> Mapping[str, object]:
    """Return what a language says of a component: by its key if it can, else by path or id."""
    found = (entries[name] for name in reversed(_names(component)) if name in entries)
    entry = next(found, None)
    return entry if isinstance(entry, dict) else {}


def _place(component: dict[str, object], name: str, text: object) -> None:
    section = _SECTIONS.get(name)
    if section is None:
        component[name] = text
        return
    before = component.get(section)
    component[section] = {**(before if isinstance(before, dict) else {}), name: text}


def _translate_options(values: object, labels: Mapping[str, object]) -> object:
    if not isinstance(values, list):
        return values
    return [
        {**option, "label": labels.get(str(option.get("value"))) or option.get("label")}
        if isinstance(option, dict)
        else option
        for option in values
    ]
