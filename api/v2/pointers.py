"""Where in the request a wrong value stands: services speak of values, clients of bodies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.errors import InvalidInput


@contextmanager
def inside(member: str) -> Iterator[None]:
    """Let problems of single values point below *member* of the request's body."""
    try:
        yield
    except InvalidInput as refusal:
        problems = [replace(p, pointer=f"/{member}{p.pointer}") for p in refusal.problems]
        raise InvalidInput(str(refusal), problems) from refusal
