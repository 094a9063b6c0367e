"""Can a damaged file bring out anything but a verdict about it?

The shipped files are changed at random, byte by byte and element by element; each seed of a
change is a test, so that a failure can be repeated.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from lxml import etree

from engine.errors import DeploymentRefused
from engine.importer import import_bpmn
from engine.lint import lint_files
from engine.services.bundle import read_bundle
from tests.services.conftest import OLIVIA, Desk

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *ROOT.glob("workflows/bpmn/*.bpmn"),
        *ROOT.glob("workflows/dmn/*.dmn"),
        *ROOT.glob("forms/*.form"),
    ]
)
MODELS = [file for file in FILES if file.suffix != ".form"]
SEEDS = range(12)
SECONDS = 20
"""Of one verdict; generous, for the tests share their machine."""

ODD = [b"", b"\x00", b"\xff\xfe", b"<", b">", b"&", b'"', b"<!--", b"<![CDATA[", b"=", b"\xf0\x9f"]
WORDS = [
    "",
    "=",
    "=(",
    "x" * 5_000,
    "=" + "(" * 3_000,
    "1e999999999",
    "\u202e",
    "a b",
    "${x}",
    "-1",
]


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 1, 40))] = chance.choice(ODD)
    return bytes(data)


def tree_changed(content: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 4)):
        elements = [e for e in root.iter("*") if e is not root]
        one, other = chance.choice(elements), chance.choice(elements)
        change = chance.randrange(5)
        if change == 0 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(WORDS))
        elif change == 1:
            one.text = chance.choice(WORDS)
        elif change == 2 and one.getparent() is not None:
            one.getparent().remove(one)
        elif change == 3 and one not in other.iterancestors() and one is not other:
            other.append(one)
        else:
            one.tag = other.tag
    return etree.tostring(root)


def json_changed(content: bytes, chance: random.Random) -> bytes:
    document = orjson.loads(content)
    for _ in range(chance.randint(1, 4)):
        place = document
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = chance.choice(keys)
            if not isinstance(place[key], dict | list) or not place[key] or chance.random() < 0.2:
                place[key] = chance.choice([*WORDS, None, -1, 1e300, [], {}, True, [[[]]]])
                break
            place = place[key]
    return bytes(orjson.dumps(document))


def verdict(name: str, content: bytes) -> str:
    """Say what a deployment and the linter would say; any other error fails the test."""
    started = time.monotonic()
    lint_files({name: content})
    try:
        read_bundle({name: content})
        said = "accepted"
    except DeploymentRefused as refusal:
        said = "refused" if refusal.findings else "refused without a reason"
    assert time.monotonic() - started < SECONDS
    return said


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_with_other_bytes_has_a_verdict(file: Path, seed: int) -> None:
    changed = bytes_changed(file.read_bytes(), random.Random(seed))

    assert verdict(file.name, changed) in ("accepted", "refused")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_with_other_parts_has_a_verdict(file: Path, seed: int) -> None:
    change = json_changed if file.suffix == ".form" else tree_changed

    changed = change(file.read_bytes(), random.Random(seed))

    assert verdict(file.name, changed) in ("accepted", "refused")


@pytest.mark.parametrize("change", [bytes_changed, tree_changed])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.name)
def test_a_damaged_model_can_be_imported_or_is_refused_with_a_reason(
    file: Path, seed: int, change: Callable[[bytes, random.Random], bytes]
) -> None:
    result = import_bpmn(change(file.read_bytes(), random.Random(seed)), resource_name=file.name)

    assert result.bpmn or result.findings


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":' * 200_000,
        b'{"components":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"id":"f","id":"g"}',
        b'{"id":"f","schemaVersion":NaN}',
        b'{"id":"f","schemaVersion":' + b"9" * 100_000 + b"}",
        b'{"id":"f","schemaVersion":1e99999}',
        b"\xff\xfe{}",
        b'{"id":"\\ud800","type":"default","components":[]}',
        b'{"id":"a\\u0000b","type":"default","components":[]}',
        b"[]",
    ],
)
def test_hostile_json_is_refused(content: bytes) -> None:
    assert verdict("hostile.form", content) == "refused"


def test_a_text_that_speaks_of_a_control_character_is_no_such_character() -> None:
    content = b'{"id":"f","type":"default","schemaVersion":16,"components":[{"type":"text",'
    content += b'"id":"t","text":"never write \\\\u0000"}]}'

    assert verdict("good.form", content) == "accepted"


def test_a_refused_file_changes_nothing_in_the_database(desk: Desk) -> None:
    good = {file.name: file.read_bytes() for file in FILES}
    bad = tree_changed(b"<a><b/><c/></a>", random.Random(1))

    with pytest.raises(DeploymentRefused):
        desk.app.deployments.deploy(OLIVIA, {**good, "bad.bpmn": bad})

    assert desk.rows("history") == []
    with pytest.raises(Exception, match="there is no process"):
        desk.start("complaint")
