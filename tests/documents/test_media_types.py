"""Is a file what its name says, and is it of a kind that we accept?"""

from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.documents import MediaType, sniff
from engine.errors import InvalidInput


def zipped(*names: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        pytest.param(JPEG, "a.jpg", MediaType.JPEG, id="jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "a.png", MediaType.PNG, id="png"),
        pytest.param(b"GIF89a\x01", "a.gif", MediaType.GIF, id="gif"),
        pytest.param(b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a.webp", MediaType.WEBP, id="webp"),
        pytest.param(b"\x00\x00\x00\x18ftypheic\x00", "a.heic", MediaType.HEIC, id="heic"),
        pytest.param(b"\x00\x00\x00\x18ftypmif1\x00", "a.heif", MediaType.HEIC, id="heif"),
        pytest.param(b"%PDF-1.7\n", "a.pdf", MediaType.PDF, id="pdf"),
        pytest.param(DOCX, "a.docx", MediaType.DOCX, id="docx"),
        pytest.param(XLSX, "a.xlsx", MediaType.XLSX, id="xlsx"),
        pytest.param(
            zipped("[Content_Types].xml", "word/document.xml", *map(str, range(4_998))),
            "a.docx",
            MediaType.DOCX,
            id="docx-with-as-many-parts-as-may-be",
        ),
        pytest.param("商品破损".encode(), "a.txt", MediaType.TEXT, id="text-in-utf-8"),
        pytest.param("商品破损".encode("gb18030"), "a.txt", MediaType.TEXT, id="text-in-gb-18030"),
        pytest.param("\ufeffsku,数量\r\nA,1".encode(), "a.csv", MediaType.CSV, id="csv-with-bom"),
        pytest.param(b"plain words", "README", MediaType.TEXT, id="text-without-an-ending"),
        pytest.param(b"a,b", "REPORT.CSV", MediaType.CSV, id="an-ending-in-capitals"),
        pytest.param(JPEG, "IMG_1.heic", MediaType.JPEG, id="content-outranks-the-name"),
        pytest.param(JPEG, "invoice.exe", MediaType.JPEG, id="a-lying-ending-makes-no-program"),
    ],
)
def test_accepted_files_are_recognised(content: bytes, name: str, media_type: MediaType) -> None:
    assert sniff(content, name) is media_type


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(HTML, "a.html", id="html"),
        pytest.param(HTML, "a.txt", id="html-that-says-text"),
        pytest.param(b"\xef\xbb\xbf \n" + HTML, "a.txt", id="html-behind-a-bom-and-blanks"),
        pytest.param(HTML, "a.jpg", id="html-that-says-jpeg"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", id="svg"),
        pytest.param(b'<?xml version="1.0"?><a/>', "a.csv", id="xml-that-says-csv"),
        pytest.param(b"#!/bin/sh\nrm -rf /", "a.txt", id="a-script-that-says-text"),
        pytest.param(b"alert(1)", "a.js", id="javascript"),
        pytest.param(b"del *.*", "a.bat", id="a-batch-file"),
        pytest.param(b"MZ\x90\x00\x03", "a.txt", id="a-windows-program"),
        pytest.param(b"\x7fELF\x02\x01", "a", id="a-linux-program"),
        pytest.param(b"text\x00with a zero", "a.txt", id="text-with-control-characters"),
        pytest.param(b"\x81", "a.txt", id="bytes-that-are-no-text"),
        pytest.param(b"", "a.txt", id="nothing"),
        pytest.param(b"   " + b"%PDF-1.7", "a.pdf", id="pdf-with-something-in-front"),
        pytest.param(b"\x00\x00\x00\x18ftypisom", "a.mp4", id="a-film"),
        pytest.param(b"RIFF\x10\x00\x00\x00WAVEfmt ", "a.wav", id="a-sound"),
        pytest.param(zipped("a.txt"), "a.zip", id="an-archive"),
        pytest.param(zipped("word/document.xml"), "a.docx", id="docx-without-content-types"),
        pytest.param(
            zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docx",
            id="docx-with-macros",
        ),
        pytest.param(
            zipped("[Content_Types].xml", "word/document.xml", *map(str, range(4_999))),
            "a.docx",
            id="docx-with-thousands-of-parts",
        ),
        pytest.param(DOCX[:60], "a.docx", id="half-a-docx"),
    ],
)
def test_everything_else_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        sniff(content, name)

    assert [problem.code for problem in refusal.value.problems] == ["media-type"]
