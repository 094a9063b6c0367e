"""Sets of characters: what one position of a pattern accepts."""

import unicodedata
from collections.abc import Callable

CharacterSet = Callable[[str], bool]
"""Says whether a character belongs to the set."""

_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
_CATEGORIES = {
    "L": "ultmo",
    "M": "nce",
    "N": "dlo",
    "P": "cdseifo",
    "Z": "slp",
    "S": "mcko",
    "C": "cfon",
}
"""The general categories of Unicode: a class and the letters of its parts."""


def single(character: str) -> CharacterSet:
    """Only this character."""
    return lambda tested: tested == character


def between(first: str, last: str) -> CharacterSet:
    """Every character from *first* to *last* by code point."""
    return lambda tested: first <= tested <= last


def inverse(characters: CharacterSet) -> CharacterSet:
    """Every character that does not belong to *characters*."""
    return lambda tested: not characters(tested)


def union(sets: list[CharacterSet]) -> CharacterSet:
    """Every character of any of the sets."""
    return lambda tested: any(characters(tested) for characters in sets)


def difference(characters: CharacterSet, removed: CharacterSet) -> CharacterSet:
    """Every character of the first set that is not in the second."""
    return lambda tested: characters(tested) and not removed(tested)


def ignoring_case(characters: CharacterSet) -> CharacterSet:
    """Every character of which the set has some case."""
    return lambda tested: any(map(characters, _cases(tested)))


def _cases(character: str) -> set[str]:
    folded = character.casefold()
    cases = {character, folded, character.lower(), character.upper(), folded.upper()}
    # In other cases some characters are two, such as the German sharp s.
    return {case for case in cases if len(case) == 1}


def property_set(name: str) -> CharacterSet | None:
    """Return the set of ``\\p{name}``, a general category or a block; None when unknown."""
    if name[:1] in _CATEGORIES and name[1:] in ("", *_CATEGORIES[name[0]]):
        return lambda tested: unicodedata.category(tested).startswith(name)
    if name.startswith("Is") and name[2:] in _BLOCKS:
        first, last = _BLOCKS[name[2:]]
        return lambda tested: first <= ord(tested) <= last
    return None


def _is_blank(tested: str) -> bool:
    return tested in " \t\n\r"


def _is_digit(tested: str) -> bool:
    return unicodedata.category(tested) == "Nd"


def _is_word(tested: str) -> bool:
    return unicodedata.category(tested)[0] not in "PZC"


def _is_name_start(tested: str) -> bool:
    return tested in "_:" or unicodedata.category(tested)[0] == "L"


def _is_name_part(tested: str) -> bool:
    return _is_name_start(tested) or tested in "-.·" or unicodedata.category(tested)[0] in "NM"


def any_but_line_ends(tested: str) -> bool:
    """What ``.`` accepts without the flag s."""
    return tested not in "\n\r"


def anything(tested: str) -> bool:
    """What ``.`` accepts with the flag s."""
    return True


SHORTHANDS: dict[str, CharacterSet] = {
    "s": _is_blank,
    "d": _is_digit,
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name_part,
    **{
        name.upper(): inverse(characters)
        for name, characters in (
            ("s", _is_blank),
            ("d", _is_digit),
            ("w", _is_word),
            ("i", _is_name_start),
            ("c", _is_name_part),
        )
    },
}
"""The sets of ``\\d`` and its like."""
