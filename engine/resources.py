"""Finds the shipped models and forms, in a checkout and in an installed wheel alike."""

from importlib.resources import files

_FOLDERS = (
    ("workflows", "bpmn", ".bpmn"),
    ("workflows", "dmn", ".dmn"),
    ("forms", "", ".form"),
)


def shipped_models() -> dict[str, bytes]:
    """Return every shipped process, decision and form, by file name, sorted."""
    found: dict[str, bytes] = {}
    for package, folder, suffix in _FOLDERS:
        root = files(package) / folder if folder else files(package)
        found.update({f.name: f.read_bytes() for f in root.iterdir() if f.name.endswith(suffix)})
    return dict(sorted(found.items()))
