"""The one function between people's values and storage.

Variables, drafts, job payloads, messages and search projections all pass here, with the
classification that the forms declare. This version stores plainly; encrypting the personal and
sensitive ones is a change of this module alone.
"""

import orjson

from engine.domain.classification import Classification


def seal(value: object, classification: Classification = Classification.INTERNAL) -> str:
    """Turn a JSON value into the text that is stored."""
    del classification  # the plain version treats all alike; the argument is the contract
    return orjson.dumps(value).decode()


def unseal(stored: str) -> object:
    """Turn stored text back into the JSON value."""
    value: object = orjson.loads(stored)
    return value
