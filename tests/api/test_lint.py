"""What does somebody hear about files before deploying them?"""

from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.dmn.building import decision, definitions, table

FILES = Path(__file__).parent / "v2" / "files"


def lint(client: FlaskClient, **contents: bytes) -> TestResponse:
    parts = [(BytesIO(content), name.replace("__", ".")) for name, content in contents.items()]
    return client.post("/api/lint", data={"resources": parts}, content_type="multipart/form-data")


def test_files_without_an_error_can_be_deployed(as_ann: FlaskClient) -> None:
    files = {path.name.replace(".", "__"): path.read_bytes() for path in FILES.iterdir()}

    assert lint(as_ann, **files).json["deployable"] is True


def test_each_finding_says_where_what_and_how_to_mend_in_both_languages(
    as_ann: FlaskClient,
) -> None:
    answer = lint(as_ann, letter__txt=b"Dear customer")

    assert answer.status_code == 200
    assert answer.json["deployable"] is False
    (finding,) = answer.json["findings"]
    assert (finding["resource"], finding["severity"]) == ("letter.txt", "error")
    assert all(finding[name] for name in ("messageEn", "messageZh", "mendEn", "mendZh"))


def test_a_warning_about_a_table_does_not_stand_in_the_way(as_ann: FlaskClient) -> None:
    rules = [["<= 5", "1"], [">= 5", "2"]]
    limits = definitions(decision("limits", table(["value"], {"out": ""}, rules)))

    answer = lint(as_ann, limits__dmn=limits)

    assert answer.json["deployable"] is True
    (finding,) = answer.json["findings"]
    assert (finding["rule"], finding["severity"]) == ("dmn-overlap", "warning")
    assert "value = 5" in finding["messageEn"]


def test_hostile_xml_is_a_finding_and_reads_nothing(as_ann: FlaskClient) -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'

    answer = lint(as_ann, hostile__bpmn=hostile)

    assert answer.json["deployable"] is False


def test_nothing_to_check_is_a_bad_request(as_ann: FlaskClient) -> None:
    assert lint(as_ann).status_code == 400
