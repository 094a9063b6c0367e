"""Are the built pages served where they belong, and so that nothing foreign can run in them?"""

import gzip
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from engine.bootstrap import Application

SCRIPT = b"import('./page.js')"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """What a build leaves: one page, one script, also compressed, and the list of addresses."""
    folder = tmp_path / "dist"
    assets = folder / "assets"
    assets.mkdir(parents=True)
    (folder / "index.html").write_text("<title>Redress</title>")
    (folder / "paths.json").write_text(json.dumps(["cases", "work"]))
    (assets / "main-1a2b.js").write_bytes(SCRIPT)
    (assets / "main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "mark.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def browser(shipped: Application, pages: Path) -> FlaskClient:
    """A client of a Redress with these pages."""
    return create_app(shipped, pages=pages).test_client()


@pytest.mark.parametrize("path", ["/", "/work", "/cases", "/cases/C-1001/replay"])
def test_every_address_of_the_pages_answers_with_the_application(
    browser: FlaskClient, path: str
) -> None:
    with browser.get(path) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/html"
        assert b"<title>Redress</title>" in answer.data


@pytest.mark.parametrize(
    "path", ["/elsewhere", "/working", "/assets/none.js", "/assets/../index.html", "/paths.json"]
)
def test_other_addresses_are_refused_as_everywhere(browser: FlaskClient, path: str) -> None:
    with browser.get(path) as answer:
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


def test_the_page_itself_is_asked_for_again_each_time(browser: FlaskClient) -> None:
    with browser.get("/work") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        tag = answer.headers["ETag"]

    with browser.get("/work", headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_what_carries_its_digest_in_its_name_is_kept_for_ever(browser: FlaskClient) -> None:
    with browser.get("/assets/main-1a2b.js") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("gzip, br", "gzip", id="packed"),
        pytest.param("identity", None, id="plain"),
        pytest.param("gzip;q=0", None, id="refused"),
    ],
)
def test_text_is_sent_packed_to_who_takes_it(
    browser: FlaskClient, accepted: str, encoding: str | None
) -> None:
    with browser.get("/assets/main-1a2b.js", headers={"Accept-Encoding": accepted}) as answer:
        sent = gzip.decompress(answer.data) if encoding else answer.data
        assert sent == SCRIPT
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.mimetype == "text/javascript"


def test_no_script_but_our_own_may_run_and_nobody_may_frame_the_page(
    browser: FlaskClient,
) -> None:
    with browser.get("/") as answer:
        (policy,) = answer.headers.getlist("Content-Security-Policy")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "http" not in policy


def test_the_pages_hide_no_address_of_the_api(browser: FlaskClient) -> None:
    assert browser.get("/v2/topology").status_code == 401
    assert browser.get("/openapi.json").mimetype == "application/json"
