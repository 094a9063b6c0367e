"""How are things called in both languages?"""

import pytest

from engine.services.names import names_of


@pytest.mark.parametrize(
    ("properties", "label", "english", "chinese"),
    [
        ({}, "Survey permission / 调查许可", "Survey permission", "调查许可"),
        ({}, "Refund / exchange", "Refund / exchange", "Refund / exchange"),
        ({}, None, "the_id", "the_id"),
        ({"name.en": "Survey", "name.zh": "调查"}, "A / 甲", "Survey", "调查"),
        ({"name.zh": "调查"}, "Survey", "Survey", "调查"),
    ],
)
def test_a_name_is_said_in_both_languages(
    properties: dict[str, str], label: str | None, english: str, chinese: str
) -> None:
    names = names_of(properties, name=label, id="the_id")

    assert (names.en, names.zh) == (english, chinese)
