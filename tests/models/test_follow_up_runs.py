"""Live through a follow-up: is the customer called, never left alone, and asked with consent?"""

from datetime import timedelta

import pytest

from tests.models.diagram import DIAGRAMS
from tests.models.shop import CUSTOMER, MONDAY, BusinessError, Case, Shop

REQUEST = {
    "customer_id": "C1",
    "source_process": "return",
    "source_number": "R-1",
    "subject": "Order O1",
    "service_completed_at": MONDAY.isoformat(),
    "already_confirmed": False,
    "warranty_until": None,
}
HAPPY = {"csat": 5, "nps": 10}


def customer(**changes: object) -> Shop:
    return Shop(customer=lambda _: {**CUSTOMER, **changes})


def asked_for(shop: Shop | None = None, **changes: object) -> Case:
    return Case("follow_up", shop).start("follow_up_requested", **{**REQUEST, **changes})


def opened_by_hand() -> Case:
    return Case("follow_up").open_by_form("follow_up_start", customer_id="C1", subject="Visit")


def contacted(case: Case, *, solved: bool, task: str = "contact_customer") -> Case:
    return case.do(task, contact_channel="phone", solved=solved, contact_note="We spoke.")


def awaiting_survey(shop: Shop | None = None, **changes: object) -> Case:
    return asked_for(shop, already_confirmed=True, **changes)


def surveyed(shop: Shop | None = None, **changes: object) -> Case:
    return awaiting_survey(shop, **changes).wait(days=5, hours=1)


def answered(**scores: int) -> Case:
    return surveyed().hear("survey_answered", **scores)


def answered_by_phone() -> Case:
    return surveyed().do("record_survey_answer", **HAPPY, comment="All well")


def recovered() -> Case:
    return answered(csat=2, nps=9).do(
        "recover_service",
        recovery_cause="speed",
        recovery_remedy="call",
        recovery_note="We apologised.",
    )


def silent() -> Case:
    return surveyed().wait(days=8)


def without_consent() -> Case:
    return surveyed(customer(consent=False))


def solved_at_first() -> Case:
    return contacted(asked_for(), solved=True)


def late_contact() -> Case:
    case = asked_for().wait(hours=25)
    case.do("speed_up_contact", warning_action="help")
    case.do(
        "account_for_late_contact",
        missed_reason="workload",
        missed_measure="Called at once.",
        missed_promise="2026-03-04",
    )
    return contacted(case, solved=True)


def long_care() -> Case:
    case = contacted(asked_for(), solved=False)
    for days in (1.1, 2.1, 4.1):
        contacted(case.wait(days=days), solved=False, task="care_in_person")
    case.do(
        "decide_unsolved_matter",
        unsolved_decision="specialist",
        unsolved_measure="An engineer visits.",
    )
    return contacted(case.wait(days=1.1), solved=True, task="care_in_person")


def asked_again_in_warranty() -> Case:
    return surveyed(warranty_until="2026-05-01").hear("survey_answered", **HAPPY)


def unknown_customer() -> Case:
    def unknown(_: object) -> object:
        raise BusinessError("customer_unknown")

    return asked_for(Shop(customer=unknown))


STORIES = [
    opened_by_hand,
    answered_by_phone,
    recovered,
    silent,
    without_consent,
    solved_at_first,
    late_contact,
    long_care,
    asked_again_in_warranty,
    unknown_customer,
    lambda: answered(**HAPPY),
]


def test_every_flow_is_walked_by_some_story() -> None:
    (diagram,) = (d for d in DIAGRAMS if d.path.stem == "follow_up")
    walked = set().union(*(story().flows for story in STORIES))

    assert diagram.flows.keys() - walked == set()


def test_the_first_contact_is_due_24_hours_after_the_service() -> None:
    assert asked_for().due("contact_customer") == MONDAY + timedelta(hours=24)


def test_a_warning_comes_before_the_first_contact_is_late_and_an_account_after() -> None:
    case = asked_for().wait(hours=19)
    assert "speed_up_contact" not in case.waiting

    assert "speed_up_contact" in case.wait(hours=2).waiting
    assert "account_for_late_contact" in case.wait(hours=4).waiting


def test_an_unsolved_matter_is_followed_at_growing_intervals() -> None:
    case = contacted(asked_for(), solved=False)
    intervals = [case.variables["contact_interval"]]
    for days in (1.1, 2.1):
        contacted(case.wait(days=days), solved=False, task="care_in_person")
        intervals.append(case.variables["contact_interval"])

    assert intervals == ["P1D", "P2D", "P4D"]


def test_after_three_rounds_a_supervisor_decides() -> None:
    case = contacted(asked_for(), solved=False)
    for days in (1.1, 2.1):
        contacted(case.wait(days=days), solved=False, task="care_in_person")
        assert "decide_unsolved_matter" not in case.waiting

    contacted(case.wait(days=4.1), solved=False, task="care_in_person")
    assert case.waiting == ["decide_unsolved_matter"]


@pytest.mark.parametrize(
    ("segment", "days"),
    [
        pytest.param("core", 3, id="valued-customers-after-three-days"),
        pytest.param("ordinary", 5, id="others-after-five-days"),
    ],
)
def test_the_survey_goes_out_three_to_seven_days_after_the_service(segment: str, days: int) -> None:
    case = awaiting_survey(customer(segment=segment)).wait(days=days, hours=-1)
    assert case.shop.letters() == []

    assert case.wait(hours=2).shop.letters() == ["survey"]


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        pytest.param({"consent": False}, "no_consent", id="without-consent"),
        pytest.param({"email": None}, "not_reachable", id="without-an-address"),
        pytest.param(
            {"last_surveyed_at": "2026-02-10T00:00:00Z"}, "surveyed_recently", id="25-days-ago"
        ),
    ],
)
def test_nobody_is_asked(changes: dict[str, object], ground: str) -> None:
    case = surveyed(customer(**changes))

    assert case.variables["survey_permission"] == {"allowed": False, "ground": ground}
    assert case.shop.letters() == []
    assert "closed_without_survey" in case.path


def test_a_customer_may_be_asked_again_after_28_days() -> None:
    case = surveyed(customer(last_surveyed_at="2026-02-07T00:00:00Z"))

    assert case.shop.letters() == ["survey"]


def test_consent_that_was_taken_back_in_between_counts() -> None:
    shop = customer(consent=True)
    case = awaiting_survey(shop)
    shop.connectors["customer"] = lambda _: {**CUSTOMER, "consent": False}

    assert case.wait(days=6).shop.letters() == []


@pytest.mark.parametrize(
    ("scores", "waiting"),
    [
        pytest.param({"csat": 3, "nps": 7}, [], id="three-and-seven-are-good-enough"),
        pytest.param({"csat": 2, "nps": 7}, ["recover_service"], id="two-is-low"),
        pytest.param({"csat": 3, "nps": 6}, ["recover_service"], id="six-is-a-detractor"),
    ],
)
def test_a_low_score_starts_service_recovery(scores: dict[str, int], waiting: list[str]) -> None:
    assert answered(**scores).waiting == waiting


def test_silence_is_reminded_of_once_and_then_closed() -> None:
    case = silent()

    assert case.waiting == []
    assert case.shop.letters() == ["survey", "survey_reminder"]
    assert "closed_no_response" in case.path


def test_the_survey_is_repeated_monthly_while_the_warranty_runs() -> None:
    case = asked_again_in_warranty()
    assert case.shop.letters() == ["survey"]

    assert case.wait(days=32).shop.letters() == ["survey", "survey"]


def test_an_unknown_customer_closes_the_follow_up_on_record() -> None:
    assert "closed_customer_unknown" in unknown_customer().path
