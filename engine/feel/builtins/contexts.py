"""Reading and building contexts."""

from engine.feel.builtins.registry import builtin

_Context = dict[str, object]


@builtin("get value(m: context, key: string)")
@builtin("get value(context: context, key: string)")
def get_value(context: _Context, key: str) -> object:
    """Return an entry; null when there is none."""
    return context.get(key)


@builtin("get value(context: context, keys: list)")
def get_nested_value(context: _Context, keys: list[object]) -> object:
    """Follow the keys one after the other; null when there are none."""
    value: object = context if keys else None
    for key in keys:
        if not isinstance(value, dict) or not isinstance(key, str):
            return None
        value = value.get(key)
    return value


@builtin("get entries(m: context)")
@builtin("get entries(context: context)")
def get_entries(context: _Context) -> list[object]:
    """Return the entries as contexts of ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context put(context: context, key: string, value: any)")
@builtin("put(context: context, key: string, value: any)")
def context_put(context: _Context, key: str, value: object) -> _Context:
    """Return the context with one entry added or replaced."""
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any)")
def context_put_nested(context: _Context, keys: list[object], value: object) -> object:
    """Return the context with the entry at the end of the path *keys* added or replaced."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    result = dict(context)
    target = result
    for key in keys[:-1]:
        inner = target.get(str(key))
        if inner is not None and not isinstance(inner, dict):
            return None
        target[str(key)] = target = dict(inner or {})
    target[str(keys[-1])] = value
    return result


@builtin("context merge(contexts: list...)")
@builtin("put all(contexts: list...)")
def context_merge(contexts: list[object]) -> _Context | None:
    """Join contexts; of equal keys the last one wins."""
    merged: _Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        merged.update(context)
    return merged


@builtin("context(entries: list)")
def context_of(entries: list[object]) -> _Context | None:
    """Build a context from entries of ``key`` and ``value``; null when a key comes twice."""
    built: _Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "value" not in entry:
            return None
        key = entry.get("key")
        if not isinstance(key, str) or key in built:
            return None
        built[key] = entry["value"]
    return built
