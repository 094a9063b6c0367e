"""The file while it is being changed, and what every pass needs to change it."""

from dataclasses import dataclass, field

from lxml import etree

from engine.importer.rules import Report
from engine.importer.xml import BPMN, ZEEBE, Element, local_name


@dataclass(slots=True, kw_only=True)
class Draft:
    """One file on its way to our dialect.

    ``python_conditions`` says that plain conditions are Python (Spiff's), ``shapes`` holds the
    drawn shapes and lines by the id of what they draw, ``forms`` the forms of added decisions.
    """

    root: Element
    report: Report
    python_conditions: bool = False
    shapes: dict[str, Element] = field(default_factory=dict)
    forms: dict[str, bytes] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember every id in use."""
        self._taken = {e.get("id", "") for e in self.root.iter("{*}*")}

    def new_id(self, wish: str) -> str:
        """Return *wish*, with a number if it is taken."""
        found = wish
        while found in self._taken:
            self._numbers[wish] = self._numbers.get(wish, 1) + 1
            found = f"{wish}_{self._numbers[wish]}"
        self._taken.add(found)
        return found


def holder_of(element: Element) -> Element:
    """Return the extension elements of *element*, made if need be where BPMN wants them."""
    found = element.find(f"{BPMN}extensionElements")
    if found is not None:
        return found
    holder = etree.Element(f"{BPMN}extensionElements")
    documented = sum(local_name(part) == "documentation" for part in element)
    element.insert(documented, holder)
    return holder


def setting(element: Element, name: str, **attributes: str) -> Element:
    """Return the ``zeebe:`` setting *name* of *element*, made or completed by *attributes*."""
    holder = holder_of(element)
    found = holder.find(ZEEBE + name)
    if found is None:
        found = etree.SubElement(holder, ZEEBE + name)
    for attribute, value in attributes.items():
        found.set(attribute, value)
    return found


def setting_of(element: Element, name: str) -> Element | None:
    """Return the ``zeebe:`` setting *name* of *element*, if there is one."""
    return element.find(f"{BPMN}extensionElements/{ZEEBE}{name}")


def make_user_task(element: Element) -> None:
    """Give a user task the implementation that the engine needs."""
    if setting_of(element, "userTask") is None:
        setting(element, "userTask")
