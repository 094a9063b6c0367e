"""What is known of a file once it has been accepted?"""

import hashlib

import pytest

from engine.documents import DEFAULT_MAX_BYTES, MediaType, examine
from engine.errors import InvalidInput

PDF = b"%PDF-1.7\n%..."


def test_the_facts_of_a_file_are_its_name_type_size_and_hash() -> None:
    facts = examine(PDF, "../发票.pdf")

    assert (facts.name, facts.media_type, facts.size) == ("发票.pdf", MediaType.PDF, len(PDF))
    assert facts.sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_file_of_the_largest_size_is_accepted() -> None:
    assert examine(PDF, "a.pdf", max_bytes=len(PDF)).size == len(PDF)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="an-empty-file"),
        pytest.param(PDF.ljust(DEFAULT_MAX_BYTES + 1), "too-large", id="a-byte-too-many"),
        pytest.param(b"MZ\x90\x00", "media-type", id="a-program"),
    ],
)
def test_a_refusal_says_why(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        examine(content, "a.pdf")

    assert [(problem.pointer, problem.code) for problem in refusal.value.problems] == [
        ("/file", code)
    ]
