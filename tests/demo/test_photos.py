"""Are the demo's pictures pictures?"""

from api.demo.photos import photo
from engine.documents import examine


def test_a_photo_is_a_png_to_the_document_store() -> None:
    facts = examine(photo("crack"), "crack.png", max_bytes=10_000)
    assert facts.media_type.value == "image/png"


def test_two_photos_differ() -> None:
    assert photo("crack") != photo("box")
