"""Errors that only HTTP knows; those of the engine are in engine/errors.py."""

from collections.abc import Sequence

from engine.errors import FieldProblem, RedressError


class BadRequest(RedressError):
    """The request does not have the documented form; ``problems`` point at the wrong places."""

    code = "bad-request"

    def __init__(self, message: str, problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class UnsupportedMediaType(RedressError):
    """The body is of a media type that this operation does not read."""

    code = "unsupported-media-type"


class CrossSite(RedressError):
    """A browser sent this with its cookie, but no page of ours made it do so."""

    code = "cross-site"
