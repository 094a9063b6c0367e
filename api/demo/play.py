"""Sets the demo up, plays it in the background of the running server, and says how it ended."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from api.demo import office, people
from api.demo.audit import audit
from api.demo.cast import STORIES
from api.demo.client import Client
from api.demo.director import Director, Period
from api.demo.shopfloor import Shopfloor
from api.demo.show import console, show_audit, show_sign_ins
from api.demo.world import create_world, world_exists
from api.health import Readiness
from api.server import address
from engine.bootstrap import Application
from engine.clock import SystemClock
from engine.domain.identity import ENGINE
from engine.errors import Conflict
from engine.resources import shipped_models

DAYS = 14
LOADING = "demo"

_log = structlog.get_logger(__name__)


def prepare(application: Application, *, until: datetime) -> None:
    """Write what is there before the first case, unless it is: people, goods, models.

    The clock then stands at the midnight `DAYS` before the day of *until*, and a play that was
    interrupted finds it where it stopped. Raises Conflict for an installation that is in use:
    its clock must not be moved.
    """
    if not world_exists(application.database):
        if not application.clock.is_pinned:
            if application.identity.people.accounts(ENGINE):
                raise Conflict("this installation is in use; the demo needs a database of its own")
            origin = office.midnight(until - timedelta(days=DAYS))
            application.clock_control.pin(ENGINE, origin)
        people.hire(application.identity)
        application.deployments.deploy(ENGINE, shipped_models())
        create_world(application.database, STORIES, application.clock.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """The play, to be started when the server runs; *until* is when its last day ends."""

    until: datetime

    def start(self, application: Application, readiness: Readiness) -> None:
        """Play in a thread of its own, unless it has been played."""
        show_sign_ins(address(application.settings))
        if not application.clock.is_pinned:
            return
        readiness.loading(LOADING)
        threading.Thread(
            target=self._run, args=(application, readiness), name="demo", daemon=True
        ).start()

    def _run(self, application: Application, readiness: Readiness) -> None:
        try:
            self._play(application, readiness)
        except ConnectionError as error:
            console.print(f"The demo lost the server and goes on at the next start ({error}).")
        except Exception:
            _log.exception("the demo could not be played to its end")
            console.print("[red]The demo stopped; start again to go on with it.[/red]")

    def _play(self, application: Application, readiness: Readiness) -> None:
        settings = application.settings
        client = Client(settings.host, settings.port)
        floor = Shopfloor(client)
        director = Director(floor, STORIES, self._period(floor))
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=console,
        ) as bar:
            days = bar.add_task("living through fourteen days", total=1.0)

            def progress(share: float) -> None:
                bar.update(days, completed=share)
                readiness.loading(LOADING, share)

            director.play(progress)
        show_audit(audit(client, application.database, STORIES))
        floor.release_clock()
        client.close()
        readiness.loaded(LOADING)
        console.print(f"Open work goes on in real time: {address(settings)}")

    def _period(self, floor: Shopfloor) -> Period:
        """Return the days of this play: they began when the first case did, or begin now."""
        first = STORIES[0].number
        began = floor.begun().get(first)
        now, _ = floor.clock()
        begins_at = office.midnight(began or now)
        last_moment = begins_at + timedelta(days=DAYS + 1) - office.STEP
        return Period(begins_at=begins_at, ends_at=min(self.until, last_moment))


def real_now() -> datetime:
    """Return the machine's time, at which the virtual days end."""
    return SystemClock().now()
