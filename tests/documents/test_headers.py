"""Does a browser save an uploaded file under its name, and never run it?"""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents import MediaType, content_disposition, download_headers, safe_name


@pytest.mark.parametrize(
    ("name", "header"),
    [
        pytest.param(
            "receipt.pdf",
            "attachment; filename=\"receipt.pdf\"; filename*=UTF-8''receipt.pdf",
            id="ascii",
        ),
        pytest.param(
            "发票 1.pdf",
            "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%201.pdf",
            id="chinese-twice-once-for-old-clients",
        ),
        pytest.param(
            "50%'off'.pdf",
            "attachment; filename=\"50_'off'.pdf\"; filename*=UTF-8''50%25%27off%27.pdf",
            id="percent-and-apostrophe-are-encoded",
        ),
        pytest.param(
            'a"b\\c.pdf',
            "attachment; filename=\"a_b_c.pdf\"; filename*=UTF-8''a%22b%5Cc.pdf",
            id="quotes-cannot-end-the-value",
        ),
        pytest.param(
            "a\r\nX: y.pdf",
            "attachment; filename=\"a__X: y.pdf\"; filename*=UTF-8''a%0D%0AX%3A%20y.pdf",
            id="no-second-header",
        ),
    ],
)
def test_a_name_is_written_as_rfc_6266_asks(name: str, header: str) -> None:
    assert content_disposition(name) == header


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_reader_of_the_header_finds_the_name_again(declared: str) -> None:
    name = safe_name(declared, MediaType.PDF)

    extended = re.fullmatch(
        r"attachment; filename=\"[ -~]*\"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)",
        content_disposition(name),
        re.ASCII,
    )

    assert extended is not None
    assert unquote(extended[1], errors="strict") == name


def test_a_download_is_neither_guessed_at_nor_run() -> None:
    headers = download_headers("a.pdf", MediaType.PDF)

    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Cache-Control"] == "private, no-store"
