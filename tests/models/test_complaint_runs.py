"""Live through a complaint: what customers, agents and supervisors can rely on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.errors import InvalidInput
from tests.models.diagram import DIAGRAMS
from tests.models.shop import CUSTOMER, BusinessError, Case, Shop

COMPLAINT = {
    "channel": "phone",
    "source": "internal",
    "customer_id": "C1",
    "order_id": "O1",
    "topic": "packaging",
    "subject": "Torn box",
    "description": "The box of the kettle was torn open.",
    "feedback_channels": ["email"],
}
RETURN_DETAILS = {
    "wish": "return",
    "return_reason": "quality_defect",
    "returned_items": [{"sku": "KETTLE", "quantity": 1}],
    "goods_condition": "used",
    "receipt_shown": True,
    "handover": "counter",
}
FOUR_PARTS = {
    "feedback_problem": "The box of the kettle was torn.",
    "feedback_actions": "We spoke with the carrier.",
    "feedback_solution": "We refunded a part of the price.",
    "feedback_result": "You have received 50 CNY.",
}


def raised(shop: Shop | None = None, **changes: object) -> Case:
    return Case("complaint", shop).open_by_form("complaint_start", **{**COMPLAINT, **changes})


def accepted(case: Case, **corrections: object) -> Case:
    return case.do("accept_complaint", case_owner="anna", **corrections)


def acknowledged(case: Case, channel: str = "email") -> Case:
    message = "Anna looks into it; you hear from her tomorrow."
    return accepted(case).do(
        "acknowledge_complaint", acknowledgement_channel=channel, acknowledgement=message
    )


def investigated(case: Case) -> Case:
    return case.do(
        "investigate_complaint",
        sources=["internal_systems"],
        findings="The carrier's photo shows the torn box.",
        fault="supplier",
    )


def proposed(case: Case) -> Case:
    return case.do(
        "propose_solution",
        initial_solution="We pay back a part of the price.",
        proposal_channel="phone",
        customer_answer="agrees",
    )


def ready_to_decide(shop: Shop | None = None, **changes: object) -> Case:
    return proposed(investigated(acknowledged(raised(shop, **changes))))


def decided(case: Case, solution: str, **details: object) -> Case:
    return case.do(
        "decide_solution", solution=solution, solution_reason="Agreed by phone.", **details
    )


def refunded() -> Case:
    return decided(ready_to_decide(), "refund", amount=50)


def told(case: Case, channels: tuple[str, ...] = ("email",)) -> Case:
    return case.do(
        "give_feedback", **FOUR_PARTS, feedback_channels=list(channels), follow_up_person="bo"
    )


def confirmed(case: Case) -> Case:
    return case.do("verify_solution", solved=True)


def archived(case: Case) -> Case:
    return case.do("archive_complaint", root_cause="logistics")


def plain_story() -> Case:
    return archived(confirmed(told(refunded())))


def by_phone_without_order() -> Case:
    case = acknowledged(raised(order_id=None), channel="phone")
    return told(decided(proposed(investigated(case)), "points", points=500), ("phone",))


def from_a_marketplace() -> Case:
    case = Case("complaint").start("complaint_received", **{**COMPLAINT, "channel": "marketplace"})
    return accepted(case)


def unknown_customer_then_unknown_order() -> Case:
    answers = {
        "customer": [BusinessError("customer_unknown")],
        "order": [BusinessError("order_unknown")],
    }

    def first_unknown(name: str, found: object) -> Callable[..., object]:
        def answer(inputs: object) -> object:
            if answers[name]:
                raise answers[name].pop()
            return found

        return answer

    shop = Shop()
    shop.connectors["customer"] = first_unknown("customer", CUSTOMER)
    shop.connectors["order"] = first_unknown("order", shop.connectors["order"](None))
    case = raised(shop)
    case.do("clarify_customer_and_order", customer_id="C2", clarification_note="By phone")
    return case.do("clarify_customer_and_order", order_id="O2", clarification_note="By phone")


def checked_twice() -> Case:
    case = investigated(acknowledged(raised(topic="damaged")))
    case.do("verify_findings", findings_confirmed=False, check_note="The photo is missing.")
    return proposed(investigated(case).do("verify_findings", findings_confirmed=True))


def approved_at_the_second_try() -> Case:
    case = decided(ready_to_decide(), "refund", amount=900)
    case.do("approve_compensation", approval="refused", approval_note="Too much.")
    return decided(case, "refund", amount=400).do("approve_compensation", approval="approved")


def far_too_generous() -> Case:
    return decided(ready_to_decide(), "refund", amount=6000)


def apologised() -> Case:
    return decided(ready_to_decide(), "apology").do(
        "carry_out_remedy", remedy_result="We apologised in writing.", remedied_on="2026-03-02"
    )


def trained() -> Case:
    return decided(ready_to_decide(), "training").do(
        "arrange_training",
        training_kind="training",
        training_for="Store S1",
        remedy_result="A day on packing.",
        training_on="2026-03-20",
    )


def handed_to_returns() -> Case:
    return decided(ready_to_decide(), "return", **RETURN_DETAILS)


def returned() -> Case:
    return handed_to_returns().returned(return_number="R-1", return_outcome="refund")


def return_without_agreement() -> Case:
    return handed_to_returns().escalated("no_agreement")


def refund_rejected_by_the_bank() -> Case:
    def reject(_: object) -> object:
        raise BusinessError("refund_rejected")

    case = decided(ready_to_decide(Shop(refund=reject)), "refund", amount=50)
    return case.do("settle_rejected_refund", payment_route="bank_transfer", payment_reference="B1")


def reopened() -> Case:
    return told(refunded()).do("verify_solution", solved=False, unsolved_reason="No money came.")


def always_late() -> Case:
    case = raised().wait(days=30)
    speed_up(case, "speed_up_acknowledgement")
    proposed(investigated(acknowledged(case)).wait(days=30))
    return case


def warned_in_time() -> Case:
    case = acknowledged(raised()).wait(hours=41)
    speed_up(case, "speed_up_initial_solution")
    speed_up(case, "speed_up_resolution")
    return case


def speed_up(case: Case, task: str) -> None:
    case.do(task, warning_action="help")


def account(case: Case, task: str) -> Case:
    return case.do(
        task,
        missed_reason="workload",
        missed_measure="Two more agents on Monday.",
        missed_promise=case.shop.now().date().isoformat(),
    )


def accounted_for() -> Case:
    case = always_late()
    account(case, "account_for_late_response")
    account(case, "account_for_late_solution")
    return account(case, "account_for_late_resolution")


STORIES = [
    plain_story,
    by_phone_without_order,
    from_a_marketplace,
    unknown_customer_then_unknown_order,
    checked_twice,
    approved_at_the_second_try,
    far_too_generous,
    apologised,
    trained,
    returned,
    return_without_agreement,
    refund_rejected_by_the_bank,
    reopened,
    warned_in_time,
    accounted_for,
]


def test_every_flow_is_walked_by_some_story() -> None:
    (diagram,) = (d for d in DIAGRAMS if d.path.stem == "complaint")
    walked = set().union(*(story().flows for story in STORIES))

    assert diagram.flows.keys() - walked == set()


def test_a_plain_complaint_ends_archived_with_two_letters() -> None:
    case = plain_story()

    assert case.waiting == []
    assert case.shop.letters() == ["complaint_acknowledged", "complaint_feedback"]
    assert "complaint_archived" in case.path


def test_the_customer_hears_nothing_by_mail_who_wants_a_call() -> None:
    assert by_phone_without_order().shop.letters() == []


def test_a_complaint_asks_for_its_follow_up_when_it_is_solved() -> None:
    (sent,) = [i for name, i in plain_story().shop.called if name == "publish-message"]

    assert sent["message_name"] == "follow_up_requested"
    assert sent["payload"]["already_confirmed"] is True


def test_numbers_that_nobody_knows_are_clarified_by_a_person() -> None:
    case = unknown_customer_then_unknown_order()

    assert case.waiting == ["accept_complaint", "acknowledgement_due_soon"]
    assert (case.variables["customer_id"], case.variables["order_id"]) == ("C2", "O2")


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        pytest.param({}, "general", id="a-torn-box-is-general"),
        pytest.param({"topic": "quality_defect"}, "major", id="a-defect-is-major"),
        pytest.param({"claimed_value": 1000}, "major", id="a-noticeable-loss-is-major"),
        pytest.param({"repeat_of": "C-1"}, "major", id="a-repeated-complaint-is-major"),
        pytest.param({"channel": "marketplace"}, "major", id="a-marketplace-is-major"),
        pytest.param({"channel": "social"}, "serious", id="social-media-is-serious"),
        pytest.param({"claimed_value": 5000}, "serious", id="a-large-loss-is-serious"),
        pytest.param({"safety_risk": True}, "serious", id="a-risk-to-health-is-serious"),
    ],
)
def test_severity_is_proposed_from_what_is_known(changes: dict[str, object], severity: str) -> None:
    assert raised(**changes).variables["severity"] == severity


def test_a_person_may_correct_the_classification() -> None:
    case = accepted(raised(), severity="serious", complaint_type="service", priority=95)

    assert case.variables["severity"] == "serious"
    assert case.tasks[case.key("acknowledge_complaint")].priority == 95


def test_the_first_person_contacted_is_given_the_customers_tasks() -> None:
    case = accepted(raised())

    assert case.tasks[case.key("acknowledge_complaint")].assignee == "anna"


def test_a_response_is_due_within_24_hours_of_receipt() -> None:
    case = accepted(raised().wait(hours=5))

    assert case.due("acknowledge_complaint") == case.shop.now() + timedelta(hours=19)


@pytest.mark.parametrize(
    ("hours", "waiting"),
    [
        pytest.param(19.9, set(), id="nothing-before-the-warning"),
        pytest.param(20.1, {"speed_up_acknowledgement"}, id="a-warning-before-the-limit"),
        pytest.param(
            24.1,
            {"speed_up_acknowledgement", "account_for_late_response"},
            id="an-account-on-the-miss",
        ),
    ],
)
def test_supervisors_hear_of_a_late_response(hours: float, waiting: set[str]) -> None:
    assert supervisors_tasks(raised().wait(hours=hours)) == waiting


@pytest.mark.parametrize(
    ("hours", "waiting"),
    [
        pytest.param(23.9, set(), id="nothing-before-the-first-warning"),
        pytest.param(24.1, {"speed_up_resolution"}, id="one-working-day-warns-of-the-resolution"),
        pytest.param(
            40.1,
            {"speed_up_resolution", "speed_up_initial_solution"},
            id="40-hours-warn-of-the-initial-solution",
        ),
        pytest.param(
            48.1,
            {
                "speed_up_resolution",
                "speed_up_initial_solution",
                "account_for_late_solution",
                "account_for_late_resolution",
            },
            id="both-limits-are-missed-after-48-hours-on-working-days",
        ),
    ],
)
def test_supervisors_hear_of_a_late_solution(hours: float, waiting: set[str]) -> None:
    assert supervisors_tasks(acknowledged(raised()).wait(hours=hours)) == waiting


def test_two_working_days_jump_over_a_weekend() -> None:
    friday = Shop()
    friday.clock.advance(timedelta(days=4))

    case = acknowledged(raised(friday)).wait(days=3.9)

    assert "account_for_late_resolution" not in case.waiting
    assert "account_for_late_resolution" in case.wait(hours=3).waiting


def test_a_warning_is_withdrawn_when_the_work_is_done() -> None:
    case = acknowledged(raised().wait(hours=21))

    assert "speed_up_acknowledgement" not in case.waiting


def test_an_account_stays_until_it_is_given() -> None:
    case = archived(confirmed(told(decided(always_late(), "refund", amount=50))))

    assert case.waiting == [
        "account_for_late_resolution",
        "account_for_late_response",
        "account_for_late_solution",
    ]


def test_serious_findings_are_checked_by_a_second_person() -> None:
    case = investigated(acknowledged(raised(topic="damaged")))

    properties = case.tasks[case.key("verify_findings")].properties
    assert properties["fourEyesWith"] == "investigate_complaint"


@pytest.mark.parametrize(
    ("solution", "details", "next_task"),
    [
        pytest.param("refund", {"amount": 200}, "give_feedback", id="200-is-the-agents-own-limit"),
        pytest.param("refund", {"amount": 200.01}, "approve_compensation", id="more-is-approved"),
        pytest.param("refund", {"amount": 5000.01}, "decide_solution", id="too-much-goes-back"),
        pytest.param("points", {"points": 2000}, "give_feedback", id="2000-points-are-own"),
        pytest.param("points", {"points": 2001}, "approve_compensation", id="more-points-are-not"),
        pytest.param("discount", {"amount": 100}, "carry_out_remedy", id="100-off-is-own"),
        pytest.param("discount", {"amount": 101}, "approve_compensation", id="more-off-is-not"),
    ],
)
def test_compensation_keeps_to_the_agents_limit(
    solution: str, details: dict[str, object], next_task: str
) -> None:
    assert next_task in decided(ready_to_decide(), solution, **details).waiting


def test_no_refund_without_an_order() -> None:
    case = decided(ready_to_decide(order_id=None), "refund", amount=50)

    assert "decide_solution" in case.waiting
    assert "refund" not in [name for name, _ in case.shop.called]


def test_a_return_gets_what_was_agreed_and_nothing_else() -> None:
    call = handed_to_returns().call

    assert call is not None
    assert call.process.id == "return"
    assert call.variables["reason"] == "quality_defect"
    assert "severity" not in call.variables


def test_without_agreement_the_solution_is_decided_again() -> None:
    assert "decide_solution" in return_without_agreement().waiting


@pytest.mark.parametrize("part", list(FOUR_PARTS))
def test_feedback_without_one_of_its_four_parts_is_refused(part: str) -> None:
    case = refunded()
    parts = {name: text for name, text in FOUR_PARTS.items() if name != part}

    with pytest.raises(InvalidInput) as refusal:
        case.do("give_feedback", **parts, follow_up_person="bo")

    assert [problem.pointer for problem in refusal.value.problems] == [f"/{part}"]


def test_an_unsolved_complaint_is_handled_again_with_new_limits() -> None:
    case = reopened().wait(hours=1)

    assert case.variables["reopened_count"] == 1
    assert "investigate_complaint" in case.waiting
    assert supervisors_tasks(case) == set()


def supervisors_tasks(case: Case) -> set[str]:
    return {name for name in case.waiting if name.startswith(("speed_up", "account_for"))}
