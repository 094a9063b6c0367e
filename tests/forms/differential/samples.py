"""Forms and entries on which the browser and the server must agree.

Each sample is a name, the form's components, the process variables and what a person enters. Only
entries that a person can make in the browser are here; what only a program can send (unknown keys,
options that do not exist, numbers as text) has its own tests.
"""

import random
from dataclasses import dataclass, field

Component = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One question to both sides."""

    name: str
    components: list[Component]
    context: dict[str, object] = field(default_factory=dict)
    data: dict[str, object] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, object]:
        """The whole form."""
        return {"type": "default", "id": "sample", "components": self.components}


def text(key: str = "a", **more: object) -> Component:
    return {"type": "textfield", "key": key, **more}


def number(key: str = "n", **more: object) -> Component:
    return {"type": "number", "key": key, **more}


def checkbox(key: str = "c", **more: object) -> Component:
    return {"type": "checkbox", "key": key, **more}


def choice(kind: str, key: str = "s", **more: object) -> Component:
    return {"type": kind, "key": key, **more}


def hidden_when(condition: str) -> Component:
    return {"conditional": {"hide": f"={condition}"}}


_A_WORD = r"[^\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff01-\uff20]{2}"
"""Two characters in a row that are neither blank nor invisible nor a sign."""
OPTIONS = [{"label": "One", "value": "one"}, {"label": "Two", "value": "two"}]
REQUIRED = {"required": True}
ROWS: Component = {
    "type": "dynamiclist",
    "path": "rows",
    "components": [
        text("name", validate=REQUIRED),
        number("n", validate={"min": 1}),
        text("why", validate=REQUIRED, **hidden_when("this.n > 5")),
        number("top", validate={"max": "=limit"}, **hidden_when("i[1] = 1")),
    ],
}


def _texts() -> list[Sample]:
    def sample(name: str, rules: object, entered: object) -> Sample:
        return Sample(name=name, components=[text(validate=rules)], data={"a": entered})

    lengths: list[tuple[object, list[str]]] = [
        ({"minLength": 3}, ["", "ab", "abc", "  a  ", "   ", "😀", "😀😀", "\u3000ab\u3000"]),
        ({"maxLength": 3}, ["", "abc", "abcd", " abc ", "😀😀", "你好吗", "你好吗?"]),
        ({"required": True}, ["", " ", "0", "a"]),
        ({"required": True, "minLength": 2}, ["", "a", "ab"]),
        ({"pattern": "^[A-Z]{2}\\d+$"}, ["", "AB1", "ab1", "AB1\n", "xAB1", "AB١"]),
        ({"pattern": "\\d"}, ["", "a1b", "ab"]),
        (
            {"validationType": "email"},
            ["", "a@b.cn", "a@b", "a@", "@b", "a b@c.d", "a@b..c", "名@b.cn", "a@-b.c", "A+x@B.CN"],
        ),
        (
            {"validationType": "phone"},
            [
                "",
                "+8613800138000",
                "008613800138000",
                "13800138000",
                "+86 138 0013 8000",
                "+4930664040900",
                "+49306",
                "+14155552671",
                "+999123456789",
                "+86",
                "+0123456789",
                "+85212345678",
                "+8613800138000x",
                "+3511234567",
            ],
        ),
    ]
    words = {"type": "textarea", "key": "a", "validate": {"required": True, "pattern": _A_WORD}}
    written = ["", "   ", "\u3000\u200b", "。。", "- ok -", "\n好的。\n", "n/a"]
    return [
        sample(f"text {rules} {entered!r}", rules, entered)
        for rules, entries in lengths
        for entered in entries
    ] + [
        Sample(name=f"words {entered!r}", components=[words], data={"a": entered})
        for entered in written
    ]


def _numbers() -> list[Sample]:
    cases: list[tuple[Component, list[object]]] = [
        (number(validate={"min": 1, "max": 10}), [None, 0, 1, 5.5, 10, 10.01, -1]),
        (number(validate={"min": "0.5"}), [0.4, 0.5]),
        (number(validate={"min": 0}), [0, -0.5]),
        (number(validate={"required": True}), [None, 0, 7]),
        (number(decimalDigits=0), [1, 1.0, 1.5, 0, -3]),
        (number(decimalDigits=2), [1.25, 1.256, 1e-3, 1e20]),
        (number(increment=5), [0, 10, 12, -5, 2.5]),
        (number(increment="0.1"), [0.3, 0.35, 1]),
        (number(serializeToString=True, validate={"min": 2}), ["1.5", "2.50", None]),
        (number(validate={"max": "=limit"}), [3, 4]),
        (number(validate={"max": "=unknown"}), [4]),
        (number(validate={"min": "=limit - 1", "max": "=limit + 1"}), [1.9, 2, 4, 4.1]),
    ]
    return [
        Sample(
            name=f"number {component} {entered!r}",
            components=[component],
            context={"limit": 3},
            data={"n": entered},
        )
        for component, entries in cases
        for entered in entries
    ]


def _choices() -> list[Sample]:
    one = [
        Sample(
            name=f"{kind} {entered!r}",
            components=[choice(kind, values=OPTIONS, validate=REQUIRED)],
            data={"s": entered},
        )
        for kind in ("select", "radio")
        for entered in ("one", None)
    ]
    many = [
        Sample(
            name=f"{kind} {entered!r}",
            components=[choice(kind, values=OPTIONS, validate=REQUIRED)],
            data={"s": entered},
        )
        for kind in ("checklist", "taglist")
        for entered in (["one", "two"], [])
    ]
    boxes = [
        Sample(
            name=f"checkbox {ticked}", components=[checkbox(validate=REQUIRED)], data={"c": ticked}
        )
        for ticked in (True, False)
    ]
    sources: list[Component] = [
        {"valuesKey": "shops"},
        {"valuesExpression": "=shops"},
        {"valuesExpression": '=for s in shops return {label: "x", value: s}'},
    ]
    computed = [
        Sample(
            name=f"options {source} {entered!r}",
            components=[choice("select", validate=REQUIRED, **source)],
            context={"shops": ["north", "south"]},
            data={"s": entered},
        )
        for source in sources
        for entered in ("north", None)
    ]
    return [*one, *many, *boxes, *computed]


def _moments() -> list[Sample]:
    return [
        Sample(
            name=f"datetime {subtype} {entered!r}",
            components=[{"type": "datetime", "key": "d", "subtype": subtype, "validate": REQUIRED}],
            data={"d": entered},
        )
        for subtype, entries in {
            "date": ["2025-09-30", None],
            "time": ["15:00", None],
            "datetime": ["2025-09-30T15:00", None],
        }.items()
        for entered in entries
    ]


def _conditions() -> list[Sample]:
    chain = [
        text("a", validate=REQUIRED),
        text("b", validate=REQUIRED, **hidden_when('a = "hide"')),
        text("c", validate=REQUIRED, **hidden_when('b = "hide"')),
        text("d", validate=REQUIRED, **hidden_when("c = null")),
    ]
    values = ("hide", "x", "")
    chains = [
        Sample(
            name=f"chain {a!r} {b!r} {c!r} from {dict(context)}",
            components=chain,
            context=dict(context),
            data={"a": a, "b": b, "c": c, "d": ""},
        )
        for a in values
        for b in values
        for c in values
        for context in ({}, {"b": "hide"})
    ]
    group: Component = {
        "type": "group",
        "path": "g",
        "components": [text("x", validate=REQUIRED), number("y")],
        **hidden_when("c = true"),
    }
    groups = [
        Sample(
            name=f"group {ticked} {x!r}",
            components=[
                checkbox("c"),
                group,
                text("z", validate=REQUIRED, **hidden_when("g.x = null")),
            ],
            data={"c": ticked, "g": {"x": x, "y": 1}, "z": ""},
        )
        for ticked in (True, False)
        for x in ("", "x")
    ]
    return [*chains, *groups]


def _places() -> list[Sample]:
    return [
        Sample(
            name="nested keys",
            components=[text("p.q", validate=REQUIRED), number("p.r", validate={"min": 1})],
            context={"p": {"q": "old", "other": 1}},
            data={"p": {"q": "", "r": 2}},
        ),
        Sample(
            name="initial values",
            components=[text("a"), number("n"), checkbox("c")],
            context={"a": 5, "n": "7", "c": "yes"},
        ),
        Sample(
            name="defaults",
            components=[
                text("a", defaultValue="x"),
                number("n", defaultValue=3, validate={"max": 2}),
                choice("select", values=OPTIONS, defaultValue="two"),
            ],
        ),
        Sample(
            name="null is no default",
            components=[text("a", defaultValue="x", validate=REQUIRED)],
            context={"a": None},
        ),
        Sample(
            name="an option that is gone",
            components=[choice("select", values=OPTIONS, validate=REQUIRED)],
            context={"s": "three"},
        ),
        Sample(
            name="an option that was never",
            components=[choice("select", valuesExpression="=shops", validate=REQUIRED)],
            context={"s": "x", "shops": ["y"]},
        ),
        Sample(
            name="options that are gone",
            components=[choice("taglist", values=OPTIONS)],
            context={"s": ["one", "three"]},
        ),
        Sample(name="a line break in one line", components=[text("a")], context={"a": "x\ny"}),
        Sample(
            name="a date that is none",
            components=[{"type": "datetime", "key": "d", "subtype": "date", "validate": REQUIRED}],
            context={"d": "30.9.2025"},
        ),
        Sample(
            name="disabled fields do not count",
            components=[text("a", disabled=True, validate=REQUIRED), text("b")],
            data={"b": "x"},
        ),
        Sample(
            name="readonly fields do",
            components=[
                text("a", readonly=True, validate=REQUIRED),
                text("b", readonly="=a = null"),
            ],
            context={"b": "kept"},
        ),
    ]


def _lists() -> list[Sample]:
    def row(name: str, n: object, why: str, top: object) -> dict[str, object]:
        return {"name": name, "n": n, "why": why, "top": top}

    rows = {
        "right": [row("a", 1, "x", None), row("b", 6, "", 3)],
        "wrong": [row("", 0, "", 9), row("", 9, "", 9)],
        "none": [],
        "three": [row("a", 1, "x", 9), row("b", None, "", 4), row("", 9, "", 1)],
    }
    lists = [
        Sample(name=f"rows {name}", components=[ROWS], context={"limit": 3}, data={"rows": entered})
        for name, entered in rows.items()
    ]
    deep: Component = {
        "type": "dynamiclist",
        "path": "orders",
        "components": [
            text("id"),
            {
                "type": "dynamiclist",
                "path": "lines",
                "components": [
                    number("q", validate={"max": "=parent.this.limit"}),
                    text("note", validate=REQUIRED, **hidden_when('parent.this.id = "x"')),
                ],
            },
        ],
    }
    nested = [
        Sample(
            name=f"rows in rows {name}",
            components=[deep],
            data={"orders": [{"id": name, "lines": [{"q": 1, "note": ""}, {"q": 2, "note": "y"}]}]},
        )
        for name in ("x", "y")
    ]
    return [
        *lists,
        *nested,
        Sample(name="rows at first", components=[{**ROWS, "defaultRepetitions": 2}]),
        Sample(name="no rows at first", components=[{**ROWS, "defaultRepetitions": 0}]),
        Sample(name="rows of a variable", components=[ROWS], context={"rows": [{"name": "a"}, 5]}),
        Sample(
            name="a hidden list",
            components=[checkbox("c"), {**ROWS, **hidden_when("c")}],
            data={"c": True, "rows": [row("", 0, "", 0)]},
        ),
    ]


def _expressions() -> list[Sample]:
    return [
        Sample(
            name=f"a double of {entered}",
            components=[
                number("n"),
                {"type": "expression", "key": "double", "expression": "=n * 2"},
                text("a", validate=REQUIRED, **hidden_when("double < 10")),
            ],
            data={"n": entered},
        )
        for entered in (None, 4, 5)
    ] + [
        Sample(
            name="a total of rows",
            components=[
                {"type": "dynamiclist", "path": "rows", "components": [number("n")]},
                {"type": "expression", "key": "total", "expression": "=sum(rows.n)"},
            ],
            data={"rows": [{"n": 1}, {"n": 2.5}]},
        )
    ]


CONDITIONS = [
    '{text} = "x"',
    '{text} != "x"',
    "{text} = null",
    "{number} > 3",
    "{number} != null and {number} <= 3",
    "{number} + 1 > 3",
    "not({box} = true)",
    "not({number} > 3)",
    "{box}",
    '{text} = "x" or {number} = 4',
    'if {number} > 3 then {text} = "" else {box}',
    'contains({text}, "y")',
    "string length({text}) = 0",
    'list contains(["x", "y"], {text})',
    'some word in [{text}, "z"] satisfies word = "x"',
]
"""Conditions over fields of the types that they are meant for."""

TEXTS = ("a", "b", "g.c", "g.d", "h.f")
NUMBERS = ("n", "g.m")
BOXES = ("k", "h.j")


def _condition(dice: random.Random, key: str) -> Component:
    """A condition that does not look at the field itself: that makes the browser flicker."""
    if dice.random() < 0.4:
        return {}
    texts, numbers, boxes = (
        [other for other in group if other != key] for group in (TEXTS, NUMBERS, BOXES)
    )
    condition = dice.choice(CONDITIONS).format(
        text=dice.choice(texts), number=dice.choice(numbers), box=dice.choice(boxes)
    )
    return hidden_when(condition)


def _random_text(dice: random.Random, key: str) -> Component:
    more: Component = {"validate": {"required": True}} if dice.random() < 0.5 else {}
    if dice.random() < 0.2:
        more["defaultValue"] = "x"
    return text(key.removeprefix("h."), **more, **_condition(dice, key))


def _random(seed: int) -> Sample:
    """A form whose fields hide each other in all directions, in groups and out of them."""
    dice = random.Random(seed)
    group: Component = {
        "type": "group",
        "path": "h",
        "components": [
            _random_text(dice, "h.f"),
            checkbox("j", **_condition(dice, "h.j")),
        ],
        **_condition(dice, "h"),
    }
    components = [
        *(_random_text(dice, key) for key in TEXTS if key != "h.f"),
        *(number(key, validate={"max": 4}, **_condition(dice, key)) for key in NUMBERS),
        checkbox("k", validate=REQUIRED, **_condition(dice, "k")),
        group,
    ]
    dice.shuffle(components)

    def entries() -> dict[str, object]:
        words = [dice.choice(["x", "", "y"]) for _ in TEXTS]
        amounts = [dice.choice([None, 4, 1, 9]) for _ in NUMBERS]
        ticks = [dice.choice([True, False]) for _ in BOXES]
        return {
            **{"a": words[0], "b": words[1], "n": amounts[0], "k": ticks[0]},
            "g": {"c": words[2], "d": words[3], "m": amounts[1]},
            "h": {"f": words[4], "j": ticks[1]},
        }

    context = {key: value for key, value in entries().items() if dice.random() < 0.5}
    return Sample(name=f"random {seed}", components=components, context=context, data=entries())


CONTROLS = frozenset({"a", "b", "n", "k"})
"""Fields of a layered form that are always there, and that alone decide about the others."""


def _layered(seed: int) -> Sample:
    """A form as people draw them: no condition looks at a field that may itself be hidden."""
    rolled = _random(seed)
    dice = random.Random(seed)

    def mended(component: Component) -> Component:
        plain = {name: value for name, value in component.items() if name != "conditional"}
        if "components" in component:
            inner = component["components"]
            assert isinstance(inner, list)
            plain["components"] = [mended(each) for each in inner]
        if component.get("key") in CONTROLS or "conditional" not in component:
            return plain
        condition = dice.choice(CONDITIONS)
        text_key = dice.choice(["a", "b"])
        return {**plain, **hidden_when(condition.format(text=text_key, number="n", box="k"))}

    return Sample(
        name=f"layered {seed}",
        components=[mended(each) for each in rolled.components],
        context=rolled.context,
        data=rolled.data,
    )


LAYERED = [_layered(seed) for seed in range(100)]

SAMPLES = [
    *_texts(),
    *_numbers(),
    *_choices(),
    *_moments(),
    *_conditions(),
    *_places(),
    *_lists(),
    *_expressions(),
    *LAYERED,
    *(_random(seed) for seed in range(150)),
]
