"""Regular expressions and texts for which this machine's JavaScript knows the answer."""

import random

WRITTEN = [
    ("^a$", ["a", "a\n", "ba", ""]),
    ("a|", ["", "b"]),
    ("^(ab|c)+$", ["abc", "abab", "ac", ""]),
    ("^(?:a{2,3}|b{2}|c{1,})$", ["a", "aa", "aaaa", "bb", "cccc"]),
    ("^(?<year>\\d{4})-\\d\\d$", ["2025-09", "٢٠٢٥-٠٩", "2025-9"]),
    ("^\\w+$", ["a_1", "é", "名"]),
    ("^\\s$", [" ", "\u3000", "\ufeff", "\x1c", "\x85", "\v"]),
    ("^\\S\\D\\W$", ["aa-", "  a", "a1-"]),
    ("^.$", ["a", "\n", "\r", "\u2028", "😀", "名"]),
    ("^..$", ["😀", "ab"]),
    ("^[^a-c\\d]$", ["d", "b", "5", "-"]),
    ("^[a-c-]$", ["-", "b", "d"]),
    ("^[a-a]$", ["a", "b"]),
    ("^[\\d-x]$", ["-", "5", "x", "y"]),
    ("^[\\]\\\\^]$", ["]", "\\", "^", "["]),
    ("^[^]$", ["\n", ""]),
    ("[]", ["", "a"]),
    ("^[\\b]$", ["\b", "b"]),
    ("^[\\s\\S]*$", ["", "a\nb"]),
    ("^[\\D]$", ["5", "a"]),
    ("\\bcat\\b", ["a cat!", "concat", "cat"]),
    ("\\Bcat", ["concat", "cat"]),
    ("^\\u4e00\\x41\\t\\n\\0$", ["一A\t\n\0", "一A"]),
    ("^[\u4e00-\u9fa5]{2,4}$", ["王小明", "王", "Wang"]),
    ("^\\/\\.\\-$", ["/.-"]),
    ("^a{$", ["a{"]),
    ("^a{,2}$", ["a{,2}", "aa"]),
    ("^a{1}{$", ["a{"]),
    ("^x*?y+?z??$", ["xxyy", "y", "xz"]),
    ("^(a*)*$", ["aaa", "b"]),
    ("^(a|a)*$", ["aaaa"]),
    ("^()*$", ["", "a"]),
    ("(^a|b$)", ["ac", "cb", "ca"]),
    ("a$b", ["ab"]),
    ("]}", ["]}", "]"]),
    ("^\\$\\^\\(\\)$", ["$^()"]),
    ("^1[3-9]\\d{9}$", ["13800138000", "23800138000", "138001380001"]),
]
"""Written by hand: one line per feature."""

ATOMS = [
    "a",
    "b",
    "-",
    ".",
    "\\d",
    "\\w",
    "\\s",
    "\\W",
    "[ab]",
    "[^a]",
    "[a-c\\d]",
    "^",
    "$",
    "\\b",
]
COUNTS = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"]
LETTERS = "ab-1 _\n"


def _pattern(dice: random.Random, depth: int = 0) -> str:
    parts = []
    for _ in range(dice.randint(1, 4)):
        if depth < 2 and dice.random() < 0.3:
            atom = dice.choice(["(", "(?:"]) + _pattern(dice, depth + 1) + ")"
        else:
            atom = dice.choice(ATOMS)
        repeatable = atom not in ("^", "$", "\\b")
        parts.append(atom + (dice.choice(COUNTS) if repeatable else ""))
    separator = "|" if dice.random() < 0.2 else ""
    return separator.join(parts)


def _rolled(seed: int) -> tuple[str, list[str]]:
    dice = random.Random(seed)
    texts = ["".join(dice.choices(LETTERS, k=dice.randint(0, 6))) for _ in range(6)]
    return _pattern(dice), texts


PATTERNS = [*WRITTEN, *(_rolled(seed) for seed in range(400))]
