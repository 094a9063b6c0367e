"""Odd but plausible requests, drawn from the API's own description."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Json = Mapping[str, Any]

NASTY = ("", "*", "\x00", "a'b--", "=1 +", "$eq", "2026-02-30T00:00:00Z", "张伟", "😀" * 40)
DEEPEST = 6


class Requests:
    """Draws values for the schemas of one OpenAPI document; *keys* are of things that exist."""

    def __init__(self, document: Json, keys: Sequence[str]) -> None:
        self._schemas: Json = document["components"]["schemas"]
        self._keys = st.sampled_from([*keys, "1", "9223372036854775807"])
        self._text = st.one_of(st.text(max_size=8), st.sampled_from(NASTY), self._keys)
        self.anything = st.recursive(
            st.none() | st.booleans() | st.integers() | self._text,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(self._text, inner),
            max_leaves=5,
        )

    def path_value(self, parameter: Json) -> st.SearchStrategy[str]:
        """Draw a path variable: a key, or a name that is not empty."""
        if "pattern" in parameter["schema"]:
            return self._keys
        return st.text(min_size=1, max_size=8).filter(lambda text: text not in (".", ".."))

    def value(self, schema: Json, depth: int = 0) -> st.SearchStrategy[Any]:
        """Draw a value that mostly fits the schema."""
        if depth > DEEPEST:
            return st.none()
        if "$ref" in schema:
            return self.value(self._schemas[schema["$ref"].rsplit("/", 1)[-1]], depth + 1)
        for choice in ("anyOf", "oneOf", "allOf"):
            if choice in schema:
                return st.one_of([self.value(one, depth + 1) for one in schema[choice]])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "const" in schema:
            return st.just(schema["const"])
        return self._of_type(schema, depth)

    def _of_type(self, schema: Json, depth: int) -> st.SearchStrategy[Any]:
        match schema.get("type"):
            case "string" if schema.get("format") == "date-time":
                return st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
            case "string":
                return self._text
            case "integer":
                return st.integers(schema.get("minimum", -(2**64)), schema.get("maximum", 2**64))
            case "boolean":
                return st.booleans()
            case "array":
                return st.lists(self.value(schema.get("items", {}), depth + 1), max_size=3)
            case "object":
                return self._object(schema, depth)
        return self.anything

    def _object(self, schema: Json, depth: int) -> st.SearchStrategy[Any]:
        properties = schema.get("properties")
        if not properties:
            return st.dictionaries(self._text, self.anything, max_size=3)
        required = schema.get("required", ())
        drawn = {name: self.value(one, depth + 1) for name, one in properties.items()}
        return st.fixed_dictionaries(
            {name: drawn[name] for name in drawn if name in required},
            optional={name: drawn[name] for name in drawn if name not in required},
        )
