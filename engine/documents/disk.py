"""What a disk's refusals mean to us."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import StorageFull

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def explained() -> Iterator[None]:
    """Raise StorageFull where a file finds no space; other errors of the disk stay as they are."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise StorageFull("the disk of the files is full") from error
        raise
