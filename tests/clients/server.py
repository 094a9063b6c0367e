"""Who may use the server of the client tests."""

from engine.bootstrap import Application
from engine.domain.identity import ENGINE, Role
from tests.server import quick_identity

PASSWORD = "a password for tests"
CLIENT_ID, CLIENT_SECRET = "test-client", "a secret for tests"
PEOPLE = {
    "demo": [Role.ADMINISTRATOR],
    "alice": [Role.AGENT],
    "adam": [Role.AGENT],
    "wanda": [Role.WAREHOUSE],
}


def hire(application: Application) -> None:
    """Create the people and the client."""
    people = quick_identity(application).people
    for username, groups in PEOPLE.items():
        people.create_account(
            ENGINE, username=username, name=username.title(), password=PASSWORD, groups=groups
        )
    people.create_client(ENGINE, client_id=CLIENT_ID, username="demo", secret=CLIENT_SECRET)
