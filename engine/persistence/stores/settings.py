"""Small facts of an installation that must survive a restart."""

from sqlalchemy import Connection, delete, select

from engine.persistence.schema import setting


def get(connection: Connection, name: str) -> object:
    """Return the value, or None."""
    value: object = connection.execute(
        select(setting.c.value).where(setting.c.name == name)
    ).scalar_one_or_none()
    return value


def put(connection: Connection, name: str, value: object) -> None:
    """Set the value; None removes it."""
    connection.execute(delete(setting).where(setting.c.name == name))
    if value is not None:
        connection.execute(setting.insert().values(name=name, value=value))
