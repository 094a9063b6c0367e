"""Which tests run in one process, and which begin first, when pytest-xdist spreads them.

A file's tests stay together, so that what they share is made once; so do those of a folder whose
fixtures are dear. Whatever takes long begins first, so that all processes end together.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import Producer

TOGETHER = ("tests/e2e/",)
"""Folders that are not split: their tests visit one demo, which takes a minute to play."""
FIRST = (
    *TOGETHER,
    "tests/web/test_sources.py",
    "tests/models/test_toolchain.py",
    "tests/nodes/",
    "tests/faults/",
    "tests/benchmarks/",
    "tests/web/",
    "tests/stress/",
    "tests/clients/",
    "tests/forms/",
)
"""What takes long, the longest first."""


def unit_of(nodeid: str) -> str:
    """Return what a test is not parted from: its folder, or its file."""
    folder = next((folder for folder in TOGETHER if nodeid.startswith(folder)), None)
    return folder or nodeid.partition("::")[0]


def place_of(nodeid: str) -> int:
    """Return the place in the queue; all that take no long share the last one."""
    return next((i for i, one in enumerate(FIRST) if nodeid.startswith(one)), len(FIRST))


class Sharing(LoadScopeScheduling):
    """Gives each process a unit at a time, in the order of the queue."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests into the order of the queue."""
    items.sort(key=lambda item: place_of(item.nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """Spread the tests so, unless somebody asks for another way."""
    return Sharing(config, log) if config.getvalue("dist") == "load" else None
