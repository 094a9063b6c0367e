"""The pictures of the documentation: `make screenshots` takes them from the demo, in Chromium.

The demo is played up to a fixed moment, at which its clock stands still, so that the same pages
give the same pictures.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from api.demo import office
from api.demo.cast import STORIES
from api.demo.client import Client
from api.demo.director import Director, Period
from api.demo.play import DAYS, prepare
from api.demo.shopfloor import Shopfloor
from tests.server import Server
from tests.web.harness import ROOT, Visitors, build_pages, launch

IMAGES = ROOT / "docs" / "images"
MAX_BYTES = 120 * 1024
UNTIL = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday, ten o'clock in the shop
_SIZE = {"width": 1200, "height": 700}


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as somebody sees it; *ready* brings it to what is to be shown."""

    name: str
    username: str
    path: str
    ready: Callable[[Page], None]


def _sees(selector: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(selector).first).to_be_visible()


def _opens_a_task(page: Page) -> None:
    page.get_by_role("link", name="Investigate complaint").first.click()
    expect(page.locator(".fjs-form-field").first).to_be_visible()


def _halfway(page: Page) -> None:
    _sees(".djs-element")(page)
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")


PICTURES = (
    Picture("work", "mei", "/work", _opens_a_task),
    Picture("case", "mei", "/cases/C-1001", _sees("main li")),
    Picture("replay", "ada", "/cases/C-1001/replay", _halfway),
    Picture("modeler", "oliver", "/processes/follow_up/edit", _sees(".djs-element")),
    Picture("audit", "ada", "/audit", _sees("tbody tr[data-key]")),
)


def take(folder: Path) -> None:
    """Play the demo and write every picture into *folder*."""
    build_pages()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        server = Server(Path(place), lambda app: prepare(app, until=UNTIL), {"REDRESS_DEMO": "yes"})
        server.start()
        try:
            _play(server)
            visitors = Visitors(launch(playwright), server)
            for picture in PICTURES:
                page = visitors.page_as(picture.username, picture.path, viewport=_SIZE)
                picture.ready(page)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{picture.name}.png", animations="disabled")
            visitors.leave()
        finally:
            server.stop()


def _play(server: Server) -> None:
    client = Client("127.0.0.1", server.port)
    begins_at = office.midnight(UNTIL - timedelta(days=DAYS))
    director = Director(Shopfloor(client), STORIES, Period(begins_at=begins_at, ends_at=UNTIL))
    director.play(lambda _share: None)
    client.close()


if __name__ == "__main__":
    take(IMAGES)
