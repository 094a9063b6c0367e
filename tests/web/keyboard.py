"""Fills a form in as somebody does who has no mouse: Tab, letters, arrows, Space."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

Entry = str | int
"""Letters to type, or which option to choose, counted from 0."""

_MOST_TABS = 60
_FIELD = """() => {
  const {id, tagName, type} = document.activeElement;
  return {id: id ?? '', kind: tagName === 'INPUT' ? type : tagName.toLowerCase(),
          isSelect: document.activeElement.classList.contains('fjs-select-hidden-input')};
}"""


def fill_in(page: Page, form: str, entries: Mapping[str, Entry]) -> None:
    """Enter *entries* (by field key) into the form with that id, beginning where the focus is."""
    left = dict(entries)
    for _ in range(_MOST_TABS):
        here = page.evaluate(_FIELD)
        key = next((one for one in left if _is_field(here["id"], f"{form}_{one}")), None)
        if key is not None:
            _enter(page, here, left.pop(key))
        if not left:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {sorted(left)} of {form}")


def _is_field(element_id: str, field: str) -> bool:
    """Tell whether an element of the page belongs to a field; options carry a number."""
    return element_id.endswith(f"-{field}") or element_id.endswith(f"-{field}-0")


def _enter(page: Page, here: Mapping[str, object], entry: Entry) -> None:
    if isinstance(entry, str):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(entry)
    elif here["isSelect"]:
        _choose(page, entry)
    elif here["kind"] == "radio":
        page.keyboard.press("Space")
        for _ in range(entry):
            page.keyboard.press("ArrowDown")
    else:
        for _ in range(entry):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")


def _choose(page: Page, option: int) -> None:
    """Go down the open list until *option* is the one in focus, and take it."""
    items = page.locator(".fjs-dropdownlist-item")
    expect(items.nth(option)).to_be_visible()
    for _ in range(2 * items.count()):
        if "focused" in (items.nth(option).get_attribute("class") or ""):
            break
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(50)
    page.keyboard.press("Enter")


def choose_task(page: Page, number: str, name: str) -> None:
    """Wait for a task of a case and bring the cursor to it: by n for news, j and k to move."""
    row = page.get_by_role("row", name=number).filter(has_text=name)
    for _ in range(120):
        page.keyboard.press("n")
        if row.count():
            break
        page.wait_for_timeout(500)
    expect(row).to_be_visible()
    for _ in range(10):
        if row.get_attribute("aria-current"):
            return
        page.keyboard.press("j")
        page.wait_for_timeout(100)
    raise AssertionError(f"j does not reach {name}")
