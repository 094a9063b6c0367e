"""A case that began and ended yesterday, for who looks back."""

from datetime import timedelta

from engine.bootstrap import Application
from engine.domain.identity import ENGINE, Actor, Role
from tests.web.shop import complaint

NUMBER = "YESTERDAY-1"
MEI = Actor(username="mei", groups=frozenset({Role.AGENT}))
WANG = Actor(username="wang", groups=frozenset({Role.SUPERVISOR}))


def live_yesterday(application: Application) -> None:
    """Let Lin Mei raise a complaint a day ago, and Wang Lei cancel it an hour later."""
    began = application.clock.now() - timedelta(days=1)
    application.clock_control.pin(ENGINE, began)
    raised = application.instances.create(
        MEI,
        process_id="complaint",
        variables=complaint("Cracked lid"),
        business_id=NUMBER,
    )
    application.clock_control.pin(ENGINE, began + timedelta(hours=1))
    application.instances.cancel(WANG, raised.key)
    application.clock_control.reset(ENGINE)
