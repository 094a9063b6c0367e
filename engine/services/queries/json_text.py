"""JSON values as text, as the Camunda contract wants variables and outputs."""

import orjson


def json_text(value: object) -> str:
    """Return the compact JSON text of a JSON value."""
    return orjson.dumps(value).decode()
