"""One task spec per kind of flow node: what a token does there."""
