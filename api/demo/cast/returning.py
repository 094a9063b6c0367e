"""How returns go that nobody complained about. Each says from which days its end is sure."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from api.demo import people, phrases, scripts
from api.demo.cast.parts import Part, Telling, Told
from api.demo.story import SHOWN, Moves, Tells, Values

LABEL = {"send_label": 1}
COUNTER = {"send_counter_instructions": 1}
_DONE = {"send_completion_letter": 1}
_CLOSED = {"send_closing_letter": 1}


def asked(
    wish: str,
    reason: str,
    condition: str = "as_new",
    *,
    counter: bool = False,
    order_id: str | None = None,
) -> Values:
    """Return what the customer fills in; *order_id* where it is not that of the order."""
    return {
        "wish": wish,
        "reason": reason,
        "goods_condition": condition,
        "handover": "counter" if counter else "collection",
        **({"order_id": order_id} if order_id else {}),
    }


def completed(
    *,
    refunded: str = "0",
    inspection: str = "as_stated",
    counter: bool = False,
    unsolved_rounds: int = 0,
    late_call: bool = False,
) -> Told:
    """The goods come and are refunded, exchanged, repaired or sent back; the customer is called.

    With *late_call* only when 24 hours are over. Give it an aftermath; the call and the survey
    make it a slow case.
    """

    def tell(telling: Telling) -> Part:
        called = scripts.contact(telling.language, unsolved_rounds=unsolved_rounds)
        first_call = called["contact_customer"]
        return Part(
            moves={
                **scripts.returned(telling.language, inspection, photo=True),
                **called,
                "contact_customer": (
                    scripts.waiting_for("account_for_late_contact", first_call)
                    if late_call
                    else first_call
                ),
            },
            letters={**(COUNTER if counter else LABEL), **_DONE},
            refunded=Decimal(refunded),
        )

    return tell


def refused(telling: Telling) -> Part:
    """The standard excludes it; an agent explains. Days 0-13."""
    return _closed(scripts.returned(telling.language), {})


def refused_after_clarifying(order_id: str) -> Told:
    """The order number on the form is wrong; an agent finds it, and the standard excludes it."""

    def tell(telling: Telling) -> Part:
        clarified = scripts.done(
            telling.owner,
            1,
            order_id=order_id,
            clarification_note="Found by the customer's name.",
        )
        return refused(telling).then(Part(moves={"clarify_order": clarified}))

    return tell


def withdrawn(telling: Telling) -> Part:
    """The customer changes his or her mind before the parcel is sent. Days 0-11."""
    told = Tells(message="return_withdrawn", after=timedelta(hours=6))
    return _closed({**scripts.returned(telling.language), "receive_goods": (told,)}, LABEL)


def withdrawn_with_goods(telling: Telling) -> Part:
    """The customer wants the goods back that have come already. Slow; give it an aftermath."""
    told = Tells(message="return_withdrawn", after=timedelta(hours=1))
    return Part(
        moves={
            **scripts.returned(telling.language),
            "inspect_goods": (told,),
            **scripts.contact(telling.language),
        },
        letters={**LABEL, **_DONE},
    )


def never_came(telling: Telling) -> Part:
    """To be handed in at the counter, but nothing comes in ten days: reminded, closed. Days 0-2."""
    moves = {**scripts.returned(telling.language), "receive_goods": ()}
    return _closed(moves, {**COUNTER, "send_goods_reminder": 1})


def overdue(telling: Telling) -> Part:
    """To be collected, but nothing comes; reminded after a week, still awaited. Days 1-5."""
    return Part(
        moves={**scripts.returned(telling.language), "receive_goods": ()},
        places={"return": ("receive_goods",)},
        letters={**LABEL, "send_goods_reminder": 1},
    )


def no_agreement(telling: Telling) -> Part:
    """Out of warranty, and the customer wants more than can be given. Days 0-12."""
    talked = scripts.done(
        telling.owner,
        3,
        settlement_agreed=False,
        settlement_note=phrases.NEGOTIATED.say(telling.language),
    )
    return Part(
        moves={**scripts.supervision(), "negotiate_settlement": talked},
        places={"return": ("return_ended_without_agreement",)},
    )


def settled(amount: int) -> Told:
    """Out of warranty, settled inside the approved range. Give it an aftermath."""

    def tell(telling: Telling) -> Part:
        agreed = scripts.done(
            telling.owner,
            3,
            settlement_agreed=True,
            settlement_amount=amount,
            settlement_note=phrases.NEGOTIATED.say(telling.language),
        )
        return Part(
            moves={
                **scripts.supervision(),
                "negotiate_settlement": agreed,
                **scripts.contact(telling.language),
            },
            letters=_DONE,
            refunded=Decimal(amount),
        )

    return tell


def four_eyes(refunded: str) -> Told:
    """Ruth helps out at the desk and decides the refund; as finance she may not approve it too."""

    def tell(telling: Telling) -> Part:
        whole = completed(refunded=refunded)(telling)
        decided = scripts.done(
            people.DESK_AND_FINANCE,
            1,
            return_outcome=SHOWN,
            refund_amount=SHOWN,
            outcome_reason=phrases.DECIDED.say(telling.language),
        )
        approval = scripts.tried_by(
            people.DESK_AND_FINANCE, scripts.done(people.FINANCE, 2, approval="approved")
        )
        moves = {"decide_outcome": decided, "approve_refund": approval}
        return whole.then(Part(moves=moves, denials=1))

    return tell


def _closed(moves: Moves, letters: Mapping[str, int]) -> Part:
    return Part(moves=moves, places={"return": ("return_closed",)}, letters={**letters, **_CLOSED})
