"""Do the editor's page and the check before deploying find the same texts untranslated?

The page marks them while somebody types, in ``ui/src/pages/forms/reading.ts``; the check makes
findings of them. Both read the same forms here.
"""

import json
import random
from pathlib import Path

import pytest

from engine.forms.translation import untranslated
from engine.resources import shipped_models
from tests.node import node

HERE = Path(__file__).parent
MOST = 300
TEXTS = (
    *("label", "text", "content", "description", "dateLabel", "timeLabel", "alt", "title"),
    *("prefixAdorner", "suffixAdorner", "patternErrorMessage"),
)
SECTIONS = {
    "prefixAdorner": "appearance",
    "suffixAdorner": "appearance",
    "patternErrorMessage": "validate",
}
WRITTEN = ("Name", "原因", "=first", "{{x}} · {{y}}", "{{x}} days", "12 %", "Ⅷ", "²", "", 5)
SAID = ("姓名", "Name", " ", "", 5, None)
NAMES = ("name", "title", "rows", "Field_1")
Form = dict[str, object]
Gaps = set[tuple[str | None, str, str]]


def component(chance: random.Random, depth: int = 0) -> Form:
    """Return a field, a list or a group with some of the texts that there are."""
    made: Form = {"type": "textfield"}
    for name in ("key", "path", "id"):
        if chance.random() < 0.5:
            made[name] = chance.choice(NAMES)
    for text in chance.sample(TEXTS, 3):
        section = SECTIONS.get(text)
        holder = made if section is None else made.setdefault(section, {})
        assert isinstance(holder, dict)
        holder[text] = chance.choice(WRITTEN)
    if chance.random() < 0.3:
        made["values"] = [{"label": chance.choice(WRITTEN), "value": v} for v in ("late", 2)]
    if depth < 2 and chance.random() < 0.3:
        made["components"] = [component(chance, depth + 1) for _ in range(2)]
    return made


def block(chance: random.Random) -> Form:
    """Return what a language says, some of it in a wrong way."""
    made: Form = {}
    for name in chance.sample(NAMES, 2):
        entry = {text: chance.choice(SAID) for text in chance.sample(TEXTS, 5)}
        options = {value: chance.choice(SAID) for value in ("late", "2")}
        made[name] = chance.choice((entry, entry | {"options": options}, "no entry"))
    if chance.random() < 0.5:
        made["title"] = chance.choice(SAID)
    return made


def any_form(seed: int) -> Form:
    chance = random.Random(seed)
    languages = chance.choice((["zh"], ["en"], ["en", "zh"]))
    return {
        "title": chance.choice(WRITTEN),
        "components": [component(chance) for _ in range(3)],
        "translations": {language: block(chance) for language in languages},
    }


def before_deploying(form: Form) -> Gaps:
    return {(gap.component, text, gap.language) for gap in untranslated(form) for text in gap.texts}


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    shipped = [
        json.loads(content) for name, content in shipped_models().items() if name.endswith(".form")
    ]
    assert shipped
    return [*shipped, *map(any_form, range(MOST))]


def test_page_and_check_find_the_same_gaps(forms: list[Form]) -> None:
    answer = node([str(HERE / "page_texts.mjs")], HERE, stdin=json.dumps(forms))
    on_the_page: list[Gaps] = [{(c, t, g) for c, t, g in gaps} for gaps in json.loads(answer)]

    assert sum(len(gaps) for gaps in on_the_page) > MOST
    for form, gaps in zip(forms, on_the_page, strict=True):
        assert gaps == before_deploying(form), form
