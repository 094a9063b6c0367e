"""What goes wrong on the way of a complaint, and is put right: limits missed, cases re-opened."""

from api.demo import people, phrases, scripts
from api.demo.cast.parts import Part, Telling, Told
from api.demo.story import SHOWN, Moves


def _base(telling: Telling) -> Moves:
    return scripts.complaint(telling.owner, telling.colleague, telling.language, by_email=False)


def late_answer(telling: Telling) -> Part:
    """Nobody accepts the case before 24 hours are over and the supervisor has accounted for it."""
    accept = _base(telling)["accept_complaint"]
    return Part(
        moves={"accept_complaint": scripts.waiting_for("account_for_late_response", accept)}
    )


def late_solution(telling: Telling) -> Part:
    """Nobody investigates before 48 hours are over."""
    investigate = _base(telling)["investigate_complaint"]
    return Part(
        moves={
            "investigate_complaint": scripts.waiting_for("account_for_late_solution", investigate)
        }
    )


def findings_sent_back(telling: Telling) -> Part:
    """The supervisor sends the findings back once; needs a severity above general."""
    refused = scripts.done(
        people.SUPERVISOR,
        1,
        findings_confirmed=False,
        check_note=phrases.CHECK_AGAIN.say(telling.language),
    )
    confirmed = scripts.done(people.SUPERVISOR, 1, findings_confirmed=True)
    return Part(moves={"verify_findings": refused + confirmed})


def reopened(*, by_email: bool) -> Told:
    """The customer says it is not solved; the same case is taken up again, and solved.

    Give it the remedy of the first round; the second is an apology.
    """

    def tell(telling: Telling) -> Part:
        unsolved = scripts.done(
            telling.colleague,
            4,
            solved=False,
            unsolved_reason=phrases.STILL_WRONG.say(telling.language),
        )
        solved = scripts.done(telling.colleague, 4, solved=True)
        return Part(
            moves={"verify_solution": unsolved + solved},
            letters={"send_feedback": 1} if by_email else {},
        )

    return tell


def approval_refused(solution: str, field: str, first: int, then: int) -> Told:
    """The supervisor refuses the first proposal and approves the smaller one."""

    def tell(telling: Telling) -> Part:
        decide = [
            scripts.solution(
                telling.owner, telling.language, **{"solution": solution, field: value}
            )["decide_solution"]
            for value in (first, then)
        ]
        refused = scripts.done(
            people.SUPERVISOR,
            1,
            approval="refused",
            approval_note=phrases.TOO_MUCH.say(telling.language),
        )
        approved = scripts.done(people.SUPERVISOR, 1, approval="approved")
        return Part(
            moves={
                "decide_solution": decide[0] + decide[1],
                "approve_compensation": refused + approved,
            }
        )

    return tell


def four_eyes(solution: str, field: str, value: int) -> Told:
    """A supervisor decides for an absent agent and may not approve it too; the other one does."""

    def tell(telling: Telling) -> Part:
        decision = scripts.done(
            people.SUPERVISOR,
            1,
            **{"solution": solution, field: value},
            solution_reason=phrases.BECAUSE.say(telling.language),
        )
        approval = scripts.done(people.OTHER_SUPERVISOR, 1, approval="approved")
        return Part(
            moves={
                "decide_solution": scripts.taken_over(decision),
                "approve_compensation": scripts.tried_by(people.SUPERVISOR, approval),
            },
            denials=1,
        )

    return tell


def unknown_customer(customer_id: str) -> Told:
    """The number on the form is wrong; an agent finds out who the customer is."""

    def tell(telling: Telling) -> Part:
        clarified = scripts.done(
            telling.owner,
            1,
            customer_id=customer_id,
            clarification_note="Found by telephone number.",
        )
        return Part(moves={"clarify_customer_and_order": clarified})

    return tell


def corrected(service_type: str) -> Told:
    """The agent corrects the automatic classification."""

    def tell(telling: Telling) -> Part:
        corrected_here = scripts.done(
            telling.owner,
            0.4,
            complaint_type=service_type,
            severity=SHOWN,
            priority=SHOWN,
            case_owner=telling.owner,
            classification_note="The customer means the colleague, not the goods.",
        )
        return Part(moves={"accept_complaint": corrected_here})

    return tell
