"""Input and output parameters of the Camunda 7 family, as input and output mappings."""

from lxml import etree

from engine.importer.draft import setting
from engine.importer.expressions import as_value
from engine.importer.foreign_expressions import quoted
from engine.importer.vendors.foreign import Foreign
from engine.importer.xml import ZEEBE, Element, local_name

_DIRECTIONS = {"inputParameter": "input", "outputParameter": "output"}


def translate_mappings(foreign: Foreign) -> None:
    """Translate ``inputOutput``; one with a parameter that cannot be stays as it is."""
    for part in foreign.parts("inputOutput"):
        lines: list[tuple[str, str, str]] = []
        for parameter in part:
            source = _source(foreign, parameter)
            if source is None:
                foreign.say(
                    "setting-untranslated", "inputOutput", reason=str(parameter.get("name"))
                )
                foreign.keep("inputOutput")
                return
            direction = _DIRECTIONS.get(local_name(parameter), "input")
            lines.append((direction, source, str(parameter.get("name", ""))))
        for direction, source, target in lines:
            _add(foreign.element, direction, source, target)
        foreign.say("setting-translated", "inputOutput")
        foreign.drop(part)


def translate_called_mappings(foreign: Foreign) -> None:
    """Translate ``in`` and ``out``: without them nothing travels to a called process or back."""
    passing = {"in": False, "out": False}
    for direction in passing:
        for part in foreign.parts(direction):
            if part.get("variables") == "all":
                passing[direction] = True
            elif part.get("businessKey") is not None:
                foreign.say("setting-question", f"{direction} businessKey", reason="→ –")
            elif not _pass_one(foreign, part, direction):
                foreign.keep(direction)
                continue
            foreign.drop(part)
    setting(
        foreign.element,
        "calledElement",
        propagateAllParentVariables=str(passing["in"]).lower(),
        propagateAllChildVariables=str(passing["out"]).lower(),
    )


def _pass_one(foreign: Foreign, part: Element, direction: str) -> bool:
    target = part.get("target")
    source = part.get("source")
    expression = part.get("sourceExpression")
    value = f"={source}" if source else None
    if value is None and expression:
        value = as_value(foreign.draft, foreign.element, expression, direction)
    if not target or value is None:
        foreign.say("setting-untranslated", direction, reason=str(source or expression))
        return False
    _add(foreign.element, "input" if direction == "in" else "output", value, target)
    foreign.say("setting-translated", direction)
    return True


def _add(element: Element, direction: str, source: str, target: str) -> None:
    holder = setting(element, "ioMapping")
    line = etree.SubElement(holder, ZEEBE + direction, source=source, target=target)
    if direction == "input":
        # Modelers want all inputs before the first output.
        holder.insert(len(holder.findall(f"{ZEEBE}input")) - 1, line)


def _source(foreign: Foreign, parameter: Element) -> str | None:
    inner = list(parameter)
    if not inner:
        return as_value(foreign.draft, foreign.element, parameter.text or "", "mapping") or None
    literal = _literal(foreign, inner[0]) if len(inner) == 1 else None
    return None if literal is None else f"={literal}"


def _literal(foreign: Foreign, part: Element) -> str | None:
    """Return a list, a map or a text as FEEL; None for a script."""
    kind = local_name(part)
    if kind in ("value", "entry"):
        return _item(foreign, part)
    if kind == "list":
        items = [_item(foreign, entry) for entry in part]
        return None if None in items else f"[{', '.join(item for item in items if item)}]"
    if kind == "map":
        entries = [(str(entry.get("key")), _item(foreign, entry)) for entry in part]
        if any(value is None for _, value in entries):
            return None
        return "{" + ", ".join(f"{quoted(key)}: {value}" for key, value in entries) + "}"
    return None


def _item(foreign: Foreign, part: Element) -> str | None:
    value = as_value(foreign.draft, foreign.element, part.text or "", "mapping")
    if value is None or len(part):
        return None
    return value[1:] if value.startswith("=") else quoted(value)
