"""What does somebody see who opens the address before the pages are built?"""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from api.health import Readiness


@pytest.mark.parametrize(
    ("path", "accepts", "language", "heading"),
    [
        pytest.param("/", "en", "en", "Your service standard is running", id="english"),
        pytest.param("/", "zh-CN,zh;q=0.9", "zh-CN", "服务流程正在运行", id="chinese"),
        pytest.param("/", "fr", "en", "Your service standard is running", id="else-english"),
        pytest.param("/?lang=zh", "en", "zh-CN", "服务流程正在运行", id="as-chosen"),
        pytest.param("/?lang=x", "zh", "zh-CN", "服务流程正在运行", id="not-what-is-unknown"),
    ],
)
def test_the_page_speaks_the_readers_language(
    sample: FlaskClient, path: str, accepts: str, language: str, heading: str
) -> None:
    page = etree.HTML(sample.get(path, headers={"Accept-Language": accepts}).data)

    assert page.get("lang") == language
    assert page.findtext(".//h1") == heading


@pytest.mark.parametrize("path", ["/?lang=en", "/?lang=zh"])
def test_every_link_of_the_page_leads_somewhere(sample: FlaskClient, path: str) -> None:
    page = etree.HTML(sample.get(path).data)

    links = page.xpath("//a/@href | //link/@href")
    assert "/openapi.json" in links
    for link in links:
        with sample.get(link) as answer:
            assert answer.status_code == 200


def test_the_page_needs_no_script_and_may_run_none(sample: FlaskClient) -> None:
    answer = sample.get("/")

    assert b"<script" not in answer.data
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    (policy,) = answer.headers.getlist("Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_the_page_shows_what_is_still_being_loaded(
    sample: FlaskClient, readiness: Readiness
) -> None:
    readiness.loading("demo data", 0.25)

    page = etree.HTML(sample.get("/").data)

    assert page.find(".//progress").get("value") == "0.25"


def test_the_demo_names_its_administrator(sample: FlaskClient) -> None:
    assert b"<code>demo</code> / <code>demo</code>" in sample.get("/").data


def test_the_page_says_how_the_pages_are_built(sample: FlaskClient) -> None:
    assert b"<code>make ui</code>" in sample.get("/").data
