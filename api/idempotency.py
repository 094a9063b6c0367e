"""``Idempotency-Key``: an unsafe request that is sent twice happens once."""

import hashlib
from collections.abc import Callable

from flask import Response, request

from api.errors import BadRequest
from engine.domain.identity import Actor
from engine.services.answers import Answer, AnsweredBefore, Answers

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_LONGEST = 255


class Idempotency:
    """Wraps the unsafe routes; a request without the header passes untouched."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def __call__(self, actor: Actor, respond: Callable[[], Response]) -> Response:
        """Return the kept answer of the same request, or carry it out and keep its answer.

        Raises:
            BadRequest: the key is empty or too long.
            InvalidInput: the key was used for another request.
        """
        key = request.headers.get(HEADER)
        if key is None:
            return respond()
        if not 1 <= len(key) <= _LONGEST:
            raise BadRequest(f"{HEADER} has 1 to {_LONGEST} characters")
        try:
            with self._answers.once(actor, key, _digest_of_request()) as keep:
                response = respond()
                keep(_answer_of(response))
        except AnsweredBefore as before:
            return _replay(before.answer)
        return response


def _digest_of_request() -> str:
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    digest.update(f"{request.content_type}\n".encode())
    digest.update(request.get_data())
    return digest.hexdigest()


def _answer_of(response: Response) -> Answer:
    content_type = response.content_type or ""
    return Answer(status=response.status_code, content_type=content_type, body=response.get_data())


def _replay(kept: Answer) -> Response:
    return Response(
        kept.body, kept.status, {REPLAYED: "true"}, content_type=kept.content_type or None
    )
