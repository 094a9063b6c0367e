"""A real browser for the tests of the pages: people sign in, and what they see is examined."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
)

from tests.server import ROOT, Server

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
SCREENS = ROOT / ".redress" / "screens"
AXE = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PATIENCE_MS = 60_000
"""After so long what should be seen is given up: far longer than a quiet machine needs."""
expect.set_options(timeout=PATIENCE_MS)

_VIOLATIONS = """rules => axe
  .run(document, {runOnly: rules, resultTypes: ['violations']})
  .then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 200)}\\n  ${node.failureSummary}`)))"""


def build_pages() -> None:
    """Build the pages unless they are up to date; several processes may ask at once."""
    environment = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    done = subprocess.run(
        ["make", "--silent", "ui"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def launch(playwright: Playwright) -> Browser:
    """Start the machine's Chromium."""
    binary = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert binary, "This test needs a browser: install the Debian package 'chromium'."
    return playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])


def axe(page: Page) -> list[str]:
    """Return what axe finds wrong with what the page shows now (WCAG 2.2, A and AA)."""
    page.evaluate(AXE.read_text())
    violations: list[str] = page.evaluate(_VIOLATIONS, RULES)
    return violations


def screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the page under `.redress/screens`, for people to look at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    return path


_CUT_BADGES = """() => [...document.querySelectorAll('.mantine-Badge-label')]
  .filter(label => label.scrollWidth > label.clientWidth).map(label => label.textContent)"""


class Visitors:
    """Opens browsers for people; `examine` says what was wrong with any page they saw last."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser = browser
        self._server = server
        self._contexts: list[BrowserContext] = []
        self._pages: list[Page] = []
        self._complaints: list[str] = []

    def page_as(
        self,
        username: str | None,
        path: str = "/",
        *,
        lang: str = "en",
        viewport: dict[str, int] = WIDE,
        scheme: str = "light",
    ) -> Page:
        """Open *path* in a browser of its own, signed in unless *username* is None."""
        context = self._browser.new_context(
            base_url=self._server.url,
            locale=LOCALES[lang],
            timezone_id="Asia/Shanghai",
            viewport=viewport,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        if username is not None:
            sign_in(context, username)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(f"uncaught: {error}"))
        page.on("request", self._watch)
        self._pages.append(page)
        page.goto(path)
        return page

    def examine(self) -> list[str]:
        """Return what axe, the console and the texts complain about, and foreign requests."""
        for page in self._pages:
            if not page.is_closed() and page.url.startswith(self._server.url):
                self._complaints += axe(page)
                missing = page.evaluate("window.redressMissingTexts")
                self._complaints += [f"text missing: {text}" for text in missing]
                self._complaints += [f"cut: {text}" for text in page.evaluate(_CUT_BADGES)]
        return self._complaints

    def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        # A refusal of the API is no fault of the page; Chromium writes it to the console.
        is_refusal = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not is_refusal:
            self._complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and not request.url.startswith(self._server.url):
            self._complaints.append(f"request to another host: {parts.netloc}")


def sign_in(context: BrowserContext, username: str) -> None:
    """Sign in as one of the demo's people, whose password is the user name."""
    answer = context.request.post(
        "/api/session",
        data=json.dumps({"username": username, "password": username}),
        headers={"Content-Type": "application/json"},
    )
    assert answer.ok, answer.text()


def texts(*areas: str) -> Iterable[tuple[str, dict[str, object]]]:
    """Yield language and texts of *areas*, as the pages have them."""
    for language in LOCALES:
        merged: dict[str, object] = {}
        for area in areas:
            path = ROOT / "ui" / "src" / "i18n" / language / f"{area}.json"
            merged |= json.loads(path.read_text())
        yield language, merged
