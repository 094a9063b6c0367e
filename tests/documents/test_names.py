"""What may an uploaded file be called?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents import MediaType, safe_name
from engine.documents.names import MAX_NAME_BYTES

FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)} | set("\u202e\u2066\u200f\x7f")


@pytest.mark.parametrize(
    ("declared", "media_type", "name"),
    [
        pytest.param("发票.pdf", MediaType.PDF, "发票.pdf", id="chinese-stays"),
        pytest.param("photo.JPEG", MediaType.JPEG, "photo.jpeg", id="endings-are-lower-case"),
        pytest.param("../../etc/passwd", MediaType.TEXT, "passwd.txt", id="no-way-up"),
        pytest.param("C:\\Users\\me\\a.png", MediaType.PNG, "a.png", id="no-windows-path"),
        pytest.param("a\u202egpj.exe", MediaType.PNG, "agpj.exe.png", id="no-reversed-writing"),
        pytest.param("a\x00b\r\n.pdf", MediaType.PDF, "ab.pdf", id="no-control-characters"),
        pytest.param('a<b>:"|?*.csv', MediaType.CSV, "a_b______.csv", id="no-windows-wildcards"),
        pytest.param("CON.pdf", MediaType.PDF, "_CON.pdf", id="no-windows-device"),
        pytest.param("nul.tar.pdf", MediaType.PDF, "_nul.tar.pdf", id="no-device-with-an-ending"),
        pytest.param("LPT¹", MediaType.TEXT, "_LPT¹.txt", id="no-superscript-device"),
        pytest.param("console.pdf", MediaType.PDF, "console.pdf", id="only-whole-device-names"),
        pytest.param("IMG_1.jpg", MediaType.HEIC, "IMG_1.heic", id="a-wrong-ending-is-mended"),
        pytest.param("setup.exe", MediaType.JPEG, "setup.exe.jpg", id="a-program-gets-disarmed"),
        pytest.param(" . ", MediaType.PDF, "document.pdf", id="nothing-left"),
        pytest.param("", MediaType.PDF, "document.pdf", id="no-name"),
        pytest.param("a . .pdf", MediaType.PDF, "a.pdf", id="no-dots-and-blanks-at-the-end"),
        pytest.param("a\u3000\xa0 b\u2003.pdf", MediaType.PDF, "a b.pdf", id="one-kind-of-blank"),
        pytest.param("e\u0301.pdf", MediaType.PDF, "é.pdf", id="letters-are-composed"),
        pytest.param("x" * 300 + ".pdf", MediaType.PDF, "x" * 196 + ".pdf", id="long-names-cut"),
        pytest.param("票" * 100, MediaType.PDF, "票" * 65 + ".pdf", id="cut-between-letters"),
    ],
)
def test_names_become_safe(declared: str, media_type: MediaType, name: str) -> None:
    assert safe_name(declared, media_type) == name


anything = st.text(max_size=300) | st.text("con.jpg /\\\u202e¹ \ud800", max_size=12)


@settings(deadline=None)
@given(anything, st.sampled_from(MediaType))
def test_a_safe_name_is_safe_already(declared: str, media_type: MediaType) -> None:
    name = safe_name(declared, media_type)

    assert safe_name(name, media_type) == name


@settings(deadline=None)
@given(anything, st.sampled_from(MediaType))
def test_a_safe_name_can_be_stored_anywhere(declared: str, media_type: MediaType) -> None:
    name = safe_name(declared, media_type)

    assert not FORBIDDEN & set(name)
    assert name.endswith(media_type.extensions)
    assert name.strip(" .") == name
    assert 1 < len(name.encode()) <= MAX_NAME_BYTES
