"""Live through a return: what customers, the warehouse and finance can rely on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.domain import events as facts
from tests.models.diagram import DIAGRAMS
from tests.models.shop import KETTLE, ORDER, BusinessError, Case, Shop

REQUEST = {
    "order_id": "O1",
    "wish": "return",
    "reason": "quality_defect",
    "returned_items": [{"sku": "KETTLE", "quantity": 1}],
    "description": "It does not boil.",
    "goods_condition": "used",
    "receipt_shown": True,
    "handover": "counter",
    "photos": ["photo1"],
}
SEVEN_DAYS = {"reason": "no_reason", "goods_condition": "unopened"}
OUT_OF_WARRANTY = {**ORDER, "delivered_at": "2024-12-01T03:00:00Z"}
FRIDGE = [{"sku": "FRIDGE", "quantity": 1}]


def shop_with(**order: object) -> Shop:
    return Shop(order=lambda _: {**ORDER, **order})


def requested(shop: Shop | None = None, **changes: object) -> Case:
    return Case("return", shop).open_by_form("return_request", **{**REQUEST, **changes})


def inspected(case: Case, result: str = "as_stated") -> Case:
    case.do("receive_goods", received_count=1, parcel_state="intact")
    return case.do("inspect_goods", inspection_result=result, inspection_note="Looked at it.")


def decided(case: Case, **changes: object) -> Case:
    return case.do("decide_outcome", outcome_reason="As inspected.", **changes)


def plain_refund() -> Case:
    return decided(inspected(requested()))


def by_collection() -> Case:
    case = requested(handover="collection")
    case.do("arrange_collection", carrier="SF", tracking_number="T1", collection_on="2026-03-03")
    return decided(inspected(case))


def within_a_complaint() -> Case:
    shop = Shop()
    return decided(inspected(Case("return", shop).start(**REQUEST, complaint_number="C-1")))


def exchanged() -> Case:
    case = decided(inspected(requested(wish="exchange")))
    return case.do("ship_exchange", ship_carrier="SF", ship_tracking_number="T2")


def repaired() -> Case:
    case = decided(inspected(requested(wish="repair")))
    return case.do("repair_goods", diagnosis="Fuse", repair_done="New fuse", repair_checked=True)


def sent_back() -> Case:
    case = decided(inspected(requested(), "no_fault_found"))
    return case.do("send_goods_back", ship_carrier="SF", ship_tracking_number="T3")


def refused() -> Case:
    case = requested(reason="no_reason", goods_condition="used")
    return case.do("explain_refusal", refusal_explanation="The goods have been used already.")


def expensive() -> Case:
    return decided(inspected(requested(returned_items=FRIDGE)))


def refused_by_finance_then_approved() -> Case:
    case = expensive().do("approve_refund", approval="refused", approval_note="Photos missing.")
    return decided(case).do("approve_refund", approval="approved")


def negotiating() -> Case:
    return requested(shop_with(**OUT_OF_WARRANTY), reason="damaged")


def negotiated(case: Case, amount: float | None) -> Case:
    agreed = {} if amount is None else {"settlement_agreed": True, "settlement_amount": amount}
    return case.do("negotiate_settlement", settlement_note="Two calls.", **agreed)


def settled_in_range() -> Case:
    """The documented bad case: damage out of warranty, answered in time and settled."""
    return negotiated(negotiating(), 35)


def settled_above_the_range() -> Case:
    case = negotiated(negotiating(), 150)
    case.do("approve_settlement", approval="refused", approval_note="Far too much.")
    return negotiated(case, 60).do("approve_settlement", approval="approved")


def slow_negotiation() -> Case:
    case = negotiating().wait(hours=25)
    case.do("speed_up_negotiation", warning_action="help")
    case.do(
        "step_into_negotiation",
        missed_reason="absence",
        missed_measure="I call the customer.",
        missed_promise="2026-03-04",
    )
    return negotiated(case, 35)


def no_agreement() -> Case:
    return negotiated(negotiating(), None)


def never_sent() -> Case:
    return requested().wait(days=11)


def withdrawn() -> Case:
    return requested().hear("return_withdrawn")


def withdrawn_after_arrival() -> Case:
    case = inspected(requested()).hear("return_withdrawn")
    return case.do("send_goods_back", ship_carrier="SF", ship_tracking_number="T4")


def refund_rejected() -> Case:
    def reject(_: object) -> object:
        raise BusinessError("refund_rejected")

    case = decided(inspected(requested(Shop(refund=reject))))
    return case.do("settle_rejected_refund", payment_route="gift_card", payment_reference="G1")


def clarified(error: str) -> Case:
    answers = [BusinessError(error)]
    shop = Shop()
    name = error.removesuffix("_unknown")
    known = shop.connectors[name]

    def look_up(inputs: object) -> object:
        if answers:
            raise answers.pop()
        return known(inputs)  # type: ignore[arg-type]

    shop.connectors[name] = look_up
    return requested(shop).do("clarify_order", order_id="O2", clarification_note="By phone")


def unknown_order() -> Case:
    return clarified("order_unknown")


def unknown_customer() -> Case:
    return clarified("customer_unknown")


STORIES = [
    plain_refund,
    by_collection,
    within_a_complaint,
    exchanged,
    repaired,
    sent_back,
    refused,
    refused_by_finance_then_approved,
    settled_in_range,
    settled_above_the_range,
    slow_negotiation,
    no_agreement,
    never_sent,
    withdrawn,
    withdrawn_after_arrival,
    refund_rejected,
    unknown_order,
    unknown_customer,
]


def test_every_flow_is_walked_by_some_story() -> None:
    (diagram,) = (d for d in DIAGRAMS if d.path.stem == "return")
    walked = set().union(*(story().flows for story in STORIES))

    assert diagram.flows.keys() - walked == set()


@pytest.mark.parametrize(
    ("story", "outcome", "letters"),
    [
        pytest.param(plain_refund, "refund", ["return_counter", "return_completed"], id="refund"),
        pytest.param(by_collection, "refund", ["return_label", "return_completed"], id="collected"),
        pytest.param(exchanged, "exchange", ["return_counter", "return_completed"], id="exchange"),
        pytest.param(repaired, "repair", ["return_counter", "return_completed"], id="repair"),
        pytest.param(sent_back, "send_back", ["return_counter", "return_completed"], id="back"),
        pytest.param(refused, "refused", ["return_refused"], id="refused"),
        pytest.param(settled_in_range, "settled", ["return_completed"], id="settled"),
        pytest.param(no_agreement, "no_agreement", [], id="no-agreement"),
        pytest.param(
            withdrawn, "withdrawn", ["return_counter", "return_withdrawn"], id="withdrawn"
        ),
        pytest.param(
            never_sent,
            "expired",
            ["return_counter", "return_reminder", "return_expired"],
            id="expired",
        ),
        pytest.param(
            withdrawn_after_arrival,
            "withdrawn_with_goods",
            ["return_counter", "return_completed"],
            id="withdrawn-with-goods",
        ),
    ],
)
def test_every_outcome_ends_the_return_and_is_told(
    story: Callable[[], Case], outcome: str, letters: list[str]
) -> None:
    case = story()

    assert case.waiting == []
    assert case.variables["return_outcome"] == outcome
    assert case.shop.letters() == letters


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_money_is_paid_at_most_once(story: Callable[[], Case]) -> None:
    names = [name for name, _ in story().shop.called]

    assert names.count("refund") <= 1


@pytest.mark.parametrize(
    ("order", "request_", "outcome", "ground"),
    [
        pytest.param({}, SEVEN_DAYS, "return", "seven_days", id="seven-days-online"),
        pytest.param(
            {"delivered_at": "2026-02-23T00:00:00Z"}, SEVEN_DAYS, "return", "seven_days", id="day-7"
        ),
        pytest.param(
            {"delivered_at": "2026-02-22T00:00:00Z"}, SEVEN_DAYS, "refuse", "too_late", id="day-8"
        ),
        pytest.param({"online": False}, SEVEN_DAYS, "refuse", "bought_in_store", id="store"),
        pytest.param(
            {"online": False},
            {"receipt_shown": False},
            "refuse",
            "no_receipt",
            id="store-without-receipt",
        ),
        pytest.param(
            {}, {**SEVEN_DAYS, "goods_condition": "used"}, "refuse", "used", id="used-goods"
        ),
        pytest.param(
            {"items": [{**KETTLE, "returnable": False}]},
            SEVEN_DAYS,
            "refuse",
            "excluded_category",
            id="excluded-category",
        ),
        pytest.param(
            {},
            {"returned_items": [{"sku": "OTHER", "quantity": 1}]},
            "refuse",
            "not_in_order",
            id="goods-of-another-order",
        ),
        pytest.param({}, {"wish": "repair"}, "repair", "in_warranty", id="repair-in-warranty"),
        pytest.param(
            {"delivered_at": "2025-03-01T00:00:00Z"},
            {},
            "negotiate",
            "out_of_warranty",
            id="a-day-out-of-warranty",
        ),
        pytest.param(
            {"delivered_at": "2025-03-02T00:00:00Z"},
            {},
            "return",
            "in_warranty",
            id="the-last-day-of-the-warranty",
        ),
        pytest.param({}, {"reason": "other"}, "negotiate", "special_case", id="something-else"),
    ],
)
def test_eligibility_follows_the_table(
    order: dict[str, object], request_: dict[str, object], outcome: str, ground: str
) -> None:
    case = requested(shop_with(**order), **request_)

    assert case.variables["eligibility"] == {"outcome": outcome, "ground": ground}


def test_the_price_of_all_pieces_is_proposed_as_refund() -> None:
    case = inspected(requested(returned_items=[*FRIDGE, {"sku": "KETTLE", "quantity": 2}]))

    assert case.variables["refund_amount"] == 3999 + 2 * 199


def test_a_large_refund_needs_a_second_person() -> None:
    case = expensive()

    assert case.waiting == ["approve_refund"]
    assert case.tasks[case.key("approve_refund")].properties["fourEyesWith"] == "decide_outcome"
    assert "refund" not in [name for name, _ in case.shop.called]


def test_the_negotiation_is_led_by_an_approved_range() -> None:
    assert negotiating().variables["settlement_range"] == {"lowest": 9.95, "highest": 39.8}


def test_a_negotiation_is_escalated_when_the_answer_is_late() -> None:
    case = negotiating().wait(hours=19)
    assert case.waiting == ["negotiate_settlement"]

    assert "speed_up_negotiation" in case.wait(hours=2).waiting
    assert "step_into_negotiation" in case.wait(hours=4).waiting


def test_a_settlement_is_paid_and_recorded() -> None:
    case = settled_in_range()

    assert case.variables["refund"] == {"refund_id": "RF1", "status": "paid", "amount": 35}


def test_without_agreement_the_return_passes_the_matter_on() -> None:
    (escalation,) = no_agreement().of(facts.EscalationUncaught)

    assert escalation.escalation_code == "no_agreement"


def test_the_customer_may_not_withdraw_once_the_refund_is_due() -> None:
    assert plain_refund().subscriptions == {}


def test_missing_goods_are_reminded_of_once_and_then_given_up() -> None:
    case = requested().wait(days=5, hours=1)
    assert case.shop.letters() == ["return_counter", "return_reminder"]

    case.wait(days=4)
    assert case.waiting == ["receive_goods"]
    assert case.shop.letters() == ["return_counter", "return_reminder"]


def test_a_return_asks_for_its_follow_up_unless_the_complaint_does() -> None:
    assert "publish-message" in [name for name, _ in plain_refund().shop.called]
    assert "publish-message" not in [name for name, _ in within_a_complaint().shop.called]


def test_goods_that_come_back_are_watched_until_their_warranty_ends() -> None:
    (sent,) = [i for name, i in repaired().shop.called if name == "publish-message"]

    assert sent["payload"]["warranty_until"] == "2027-02-28"


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([], id="nothing"),
        pytest.param([{"sku": "KETTLE", "quantity": 3}], id="more-pieces-than-were-bought"),
        pytest.param([{"sku": "KETTLE", "quantity": 2}] * 2, id="the-same-pieces-twice"),
    ],
)
def test_a_return_is_refused_of(items: list[object]) -> None:
    assert requested(returned_items=items).waiting == ["explain_refusal"]


def test_photos_are_kept_as_references() -> None:
    (photo,) = requested().variables["photos"]

    assert photo["documentId"] == "photo1"


def test_the_answer_is_due_in_a_day() -> None:
    case = requested(handover="collection")

    assert case.due("arrange_collection") == case.shop.now() + timedelta(hours=24)
