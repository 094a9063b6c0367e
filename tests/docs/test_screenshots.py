"""Is every picture of the documentation one that `make screenshots` takes, and small?"""

import re

from tests.docs.screenshots import IMAGES, MAX_BYTES, PICTURES
from tests.server import ROOT

_PICTURE = re.compile(r"!\[[^\]]+\]\([^)]*?([\w-]+)\.png\)")
NAMES = {picture.name for picture in PICTURES}


def shown() -> set[str]:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {name for page in pages for name in _PICTURE.findall(page.read_text())}


def test_the_documentation_shows_every_picture_that_is_taken_and_no_other() -> None:
    assert shown() == NAMES
    assert {path.stem for path in IMAGES.glob("*.png")} == NAMES


def test_every_picture_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in IMAGES.glob("*.png")}

    assert {name: size for name, size in sizes.items() if size > MAX_BYTES} == {}
