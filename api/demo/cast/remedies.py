"""What is decided and done about a complaint. Amounts are CNY; limits: compensation_limits.dmn."""

from decimal import Decimal

from api.demo import people, phrases, scripts
from api.demo.cast.parts import Part, Telling, Told
from api.demo.story import Moves, Values


def _decided(values: Values, *, refunded: int = 0, points: int = 0) -> Told:
    def tell(telling: Telling) -> Part:
        moves = scripts.solution(telling.owner, telling.language, **values)
        return Part(moves=moves, refunded=Decimal(refunded), points=points)

    return tell


def apology() -> Told:
    """An apology, in person."""
    return _decided({"solution": "apology"})


def repair() -> Told:
    """A repair on the spot."""
    return _decided({"solution": "repair"})


def discount(amount: int) -> Told:
    """A discount; above 100 a supervisor approves it."""
    return _decided({"solution": "discount", "amount": amount})


def credit(points: int) -> Told:
    """Loyalty points; above 2 000 a supervisor approves them."""
    return _decided({"solution": "points", "points": points}, points=points)


def refund(amount: int) -> Told:
    """Money back; above 200 a supervisor approves it."""
    return _decided({"solution": "refund", "amount": amount}, refunded=amount)


def refund_that_bounces(amount: int) -> Told:
    """More than the order was paid with: the payment provider refuses, and cash is paid instead."""

    def tell(telling: Telling) -> Part:
        decision = scripts.solution(
            telling.owner, telling.language, solution="refund", amount=amount
        )
        settled = scripts.done(
            telling.owner, 1, payment_route="cash_in_store", payment_reference="Till 4, slip 118"
        )
        return Part(moves={**decision, "settle_rejected_refund": settled})

    return tell


def training() -> Told:
    """Coaching for the colleague, arranged by the supervisor."""

    def tell(telling: Telling) -> Part:
        decision = scripts.solution(telling.owner, telling.language, solution="training")
        coaching = scripts.training(telling.colleague, telling.language)
        return Part(moves={**decision, **coaching})

    return tell


def goods_back(sku: str, *, refunded: int = 0, wish: str = "return", photo: bool = False) -> Told:
    """The goods go back through the return process, and are refunded, exchanged or repaired."""

    def tell(telling: Telling) -> Part:
        decision = scripts.solution(
            telling.owner,
            telling.language,
            solution="return",
            wish=wish,
            return_reason="quality_defect",
            returned_items=[{"sku": sku, "quantity": 1}],
            goods_condition="used",
            receipt_shown=True,
            handover="collection",
        )
        return Part(
            moves={**scripts.returned(telling.language, photo=photo), **decision},
            places={"return": ("return_completed",)},
            letters={"send_label": 1, "send_completion_letter": 1},
            refunded=Decimal(refunded),
        )

    return tell


def settlement(sku: str, amount: int, *, late: bool) -> Told:
    """Out of warranty: settled by negotiation, above the range with a supervisor's approval.

    With *late* it is the documented bad case: nobody answers until the limit is
    missed and a supervisor steps in.
    """

    def tell(telling: Telling) -> Part:
        agreed = scripts.done(
            telling.owner,
            2,
            settlement_agreed=True,
            settlement_amount=amount,
            settlement_note=phrases.NEGOTIATED.say(telling.language),
        )
        return Part(
            moves={
                **scripts.supervision(),
                **_out_of_warranty(sku, telling),
                "negotiate_settlement": (
                    scripts.waiting_for("step_into_negotiation", agreed) if late else agreed
                ),
                "approve_settlement": scripts.done(people.OTHER_SUPERVISOR, 1, approval="approved"),
            },
            places={"return": ("return_completed",)},
            letters={"send_completion_letter": 1},
            refunded=Decimal(amount),
        )

    return tell


def no_settlement(sku: str, then: Told) -> Told:
    """Out of warranty, and no agreement is reached: the case is decided again, otherwise."""

    def tell(telling: Telling) -> Part:
        failed = scripts.done(
            telling.owner,
            2,
            settlement_agreed=False,
            settlement_note=phrases.NEGOTIATED.say(telling.language),
        )
        first = _out_of_warranty(sku, telling)["decide_solution"]
        second = then(telling)
        decisions = {"decide_solution": (*first, *second.moves["decide_solution"])}
        return second.then(
            Part(
                moves={**scripts.supervision(), "negotiate_settlement": failed, **decisions},
                places={"return": ("return_ended_without_agreement",)},
            )
        )

    return tell


def _out_of_warranty(sku: str, telling: Telling) -> Moves:
    return scripts.solution(
        telling.owner,
        telling.language,
        solution="return",
        wish="repair",
        return_reason="damaged",
        returned_items=[{"sku": sku, "quantity": 1}],
        goods_condition="damaged",
        receipt_shown=True,
        handover="counter",
    )
