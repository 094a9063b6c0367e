"""What several resources need to refuse a part of the contract by name."""

from engine.errors import NotSupported


def not_supported(**given: object) -> None:
    """Refuse, by its name in the contract, the first of the values that says anything.

    Raises:
        NotSupported: naming the property.
    """
    for name, value in given.items():
        if value:
            raise NotSupported(f"{name} is not supported by Redress")
