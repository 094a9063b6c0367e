"""Puts parts together into complaints and returns."""

from datetime import time

from api.demo import people, phrases, scripts
from api.demo.cast.parts import Part, Telling, Told, plain
from api.demo.goods import ARTICLES
from api.demo.phrases import Topic
from api.demo.story import (
    ONLINE,
    Channel,
    Customer,
    Language,
    Photo,
    Purchase,
    Segment,
    ServiceType,
    Story,
    Values,
)

TYPES: dict[Topic, ServiceType] = {
    "quality_defect": "product",
    "not_as_described": "product",
    "packaging": "product",
    "expired": "product",
    "out_of_stock": "product",
    "damaged": "product",
    "staff_attitude": "service",
    "return_exchange": "after_sales",
    "repair": "after_sales",
    "refund": "after_sales",
    "late_delivery": "logistics",
    "damaged_in_transit": "logistics",
    "undelivered": "logistics",
    "platform_fault": "system",
    "payment_fault": "system",
    "price": "price",
    "promotion": "price",
    "other": "other",
}
"""The service type of a topic, as complaint_classification.dmn has it."""

_PHOTOGRAPHED: frozenset[Topic] = frozenset({"damaged", "packaging", "damaged_in_transit"})
_INSTRUCTIONS = ("send_label", "send_counter_instructions")
_EXTERNAL: frozenset[Channel] = frozenset({"marketplace", "social"})


def telling(number: int, language: Language) -> Telling:
    """Let the agents take turns: one has the case, the next one asks the customer afterwards."""
    owner, colleague = (people.AGENTS[(number + i) % len(people.AGENTS)] for i in (0, 1))
    return Telling(owner=owner, colleague=colleague, language=language)


def complaint(  # one line of the cast
    number: int,
    topic: Topic,
    channel: Channel,
    day: int,
    at: str,
    sku: str | None,
    remedy: Told,
    after: Told,
    *,
    detour: Told = plain,
    language: Language = "zh",
    segment: Segment = "ordinary",
    by_email: bool = True,
    bought: int = 12,
    stays: str | None = None,
    claims_to_be: str | None = None,
) -> Story:
    """Return a complaint.

    *day* and *at* say when it comes in, *sku* what it is about (None: no order), *bought* how
    many days before day 0 that was delivered. It *stays* at a user task that nobody does.
    *claims_to_be* is a wrong customer id on the form.
    """
    told = telling(number, language)
    base = Part(
        moves=scripts.complaint(told.owner, told.colleague, language, by_email=by_email),
        places={"complaint": ("complaint_archived",)},
        letters={"send_acknowledgement": 1, "send_feedback": 1} if by_email else {},
        customer=Customer(language=language, segment=segment),
    )
    whole = base.then(remedy(told)).then(detour(told)).then(after(told))
    if stays:
        sent, paid = _complaint_until(stays)
        whole = whole.stopped("complaint", stays, sent=sent, paid=paid)
    form = _complaint_form(number, topic, channel, sku, language)
    channels = ["email" if by_email else "phone"]
    claimed = {"customer_id": claims_to_be} if claims_to_be else {}
    return Story(
        number=f"C-{number}",
        service_type=TYPES[topic],
        channel=channel,
        process_id="complaint",
        day=day,
        at=time.fromisoformat(at),
        by=people.CHANNELS if channel in ONLINE else told.owner,
        customer=whole.customer or Customer(),
        purchase=_purchase(sku, bought, channel),
        opening={**form, **claimed, "feedback_channels": channels},
        moves=whole.moves,
        ending=whole.ending,
    )


def _complaint_form(
    number: int, topic: Topic, channel: Channel, sku: str | None, language: Language
) -> Values:
    """Return the start form as it is filled in, but for how the customer is to be told."""
    article = ARTICLES[sku] if sku else None
    goods = article.say(language) if article else ""
    grievance = phrases.GRIEVANCES[topic]
    return {
        "complaint_number": f"C-{number}",
        "channel": channel,
        "source": "external" if channel in _EXTERNAL else "internal",
        "customer_id": f"K-{number}",
        "order_id": f"O-{number}" if sku else None,
        "store_id": "sh-nanjing-road" if channel == "store" else None,
        "topic": topic,
        "subject": grievance.subject.say(language, goods),
        "description": grievance.description.say(language, goods),
        "safety_risk": False,
        "claimed_value": 0,
        "repeat_of": None,
        "evidence": [Photo("evidence")] if topic in _PHOTOGRAPHED else [],
    }


def goods_return(  # one line of the cast
    number: int,
    channel: Channel,
    day: int,
    at: str,
    sku: str,
    request: Values,
    way: Told,
    after: Told,
    *,
    language: Language = "zh",
    segment: Segment = "ordinary",
    bought: int = 2,
    stays: str | None = None,
) -> Story:
    """Return a return that the customer asks for without complaining.

    *request* holds wish, reason, goods_condition and handover; *bought* counts the days from the
    delivery to day 0.
    """
    told = telling(number, language)
    base = Part(
        places={"return": ("return_completed",)},
        customer=Customer(language=language, segment=segment),
    )
    whole = base.then(way(told)).then(after(told))
    if stays:
        sent_before = () if stays == "arrange_collection" else _INSTRUCTIONS
        whole = whole.stopped("return", stays, sent=sent_before, paid=False)
    return Story(
        number=f"R-{number}",
        service_type="after_sales",
        channel=channel,
        process_id="return",
        day=day,
        at=time.fromisoformat(at),
        by=people.CHANNELS if channel in ONLINE else told.owner,
        customer=whole.customer or Customer(),
        purchase=_purchase(sku, bought, channel),
        opening={
            "order_id": f"O-{number}",
            "description": phrases.GRIEVANCES["return_exchange"].description.say(language),
            "returned_items": [{"sku": sku, "quantity": 1}],
            "receipt_shown": True,
            "photos": [Photo("goods")],
            **request,
        },
        moves=whole.moves,
        ending=whole.ending,
    )


def _purchase(sku: str | None, bought: int, channel: Channel) -> Purchase | None:
    if sku is None:
        return None
    return Purchase(sku=sku, delivered_days_ago=bought, online=channel != "store")


def _complaint_until(task: str) -> tuple[tuple[str, ...], bool]:
    """Return the letters sent before *task* appears, and whether the remedy is paid by then."""
    if task in ("accept_complaint", "acknowledge_complaint"):
        return (), False
    if task in ("verify_solution", "archive_complaint"):
        return ("send_acknowledgement", "send_feedback"), True
    return ("send_acknowledgement",), task == "give_feedback"
