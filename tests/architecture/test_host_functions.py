"""Does the language know every function that the services add to it?"""

import ast
from pathlib import Path

from engine.calendars.host_functions import feel_functions
from engine.feel.host_functions import HOST_FUNCTIONS

INSTANCE_HOST = Path(__file__).parents[2] / "engine" / "services" / "instance_host.py"


def _keys_of_functions() -> set[str]:
    tree = ast.parse(INSTANCE_HOST.read_text(encoding="utf-8"))
    method = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "functions"
    )
    return {
        key.value
        for node in ast.walk(method)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }


def test_every_function_of_the_host_is_known_to_the_language() -> None:
    offered = {*feel_functions({}), *_keys_of_functions()}

    assert {"case", "working time"} <= offered <= HOST_FUNCTIONS
