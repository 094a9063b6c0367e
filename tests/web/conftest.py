"""One server and one browser for each test process; every page is examined after its test."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.demo import people
from api.demo.client import Client
from api.demo.world import create_world
from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from engine.resources import shipped_models
from tests.server import Server, quick_identity
from tests.web.harness import Visitors, build_pages, launch
from tests.web.yesterday import live_yesterday


def _open_shop(application: Application) -> None:
    people.hire(quick_identity(application))
    application.deployments.deploy(ENGINE, shipped_models())
    create_world(application.database, (), application.clock.now())
    live_yesterday(application)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Redress with the shipped processes and the demo's people; it holds what tests put in."""
    build_pages()
    made = Server(tmp_path_factory.mktemp("web"), _open_shop, {"REDRESS_DEMO": "yes"})
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        made = launch(playwright)
        yield made
        made.close()


@pytest.fixture
def shop(server: Server) -> Iterator[Client]:
    """What people do beside the browser, by the API."""
    made = Client("127.0.0.1", server.port)
    yield made
    made.close()


@pytest.fixture
def page_as(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: ``page_as("mei", "/work", lang="zh")``.

    After the test each page must be without a complaint of axe, a console error, a missing text
    and a request to another host.
    """
    visitors = Visitors(browser, server)
    yield visitors.page_as
    complaints = visitors.examine()
    visitors.leave()
    assert not complaints, "\n".join(complaints)
