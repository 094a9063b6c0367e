"""How colleagues carry out the diagrams' user tasks: moves by element id, to be combined.

Times are opening hours since the task appeared. The ids and form fields are those of
docs/reference/processes.md.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from api.demo import people, phrases
from api.demo.story import SHOWN, Completes, Day, Language, Move, Moves, Photo, Tells, Values


def done(by: str, hours: float, **values: object) -> tuple[Completes, ...]:
    """Return the one move of a colleague; *values* are the fields of the form."""
    return (Completes(by=by, after=timedelta(hours=hours), values=values),)


def waiting_for(task: str, moves: Iterable[Move]) -> tuple[Move, ...]:
    """Return moves that are made only once *task* has been done in the case."""
    return tuple(replace(m, once=task) for m in moves if isinstance(m, Completes))


def tried_by(who: str, moves: Iterable[Move]) -> tuple[Move, ...]:
    """Return moves that *who* tries to make first, and is refused."""
    return tuple(replace(m, refused=who) for m in moves if isinstance(m, Completes))


def taken_over(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Return moves of somebody who takes the task over from its owner."""
    return tuple(replace(m, takes_over=True) for m in moves if isinstance(m, Completes))


def supervision() -> Moves:
    """Return what supervisors do when a limit comes near or is missed."""
    wang = people.SUPERVISOR
    warning = done(wang, 1, warning_action="help", warning_note="")
    missed = done(
        wang,
        1,
        missed_reason="absence",
        missed_measure=phrases.LATE.en,
        missed_promise=Day(2),
    )
    return {
        **dict.fromkeys(
            (
                "speed_up_acknowledgement",
                "speed_up_initial_solution",
                "speed_up_resolution",
                "speed_up_negotiation",
                "speed_up_contact",
            ),
            warning,
        ),
        **dict.fromkeys(
            (
                "account_for_late_response",
                "account_for_late_solution",
                "account_for_late_resolution",
                "account_for_late_contact",
                "step_into_negotiation",
            ),
            missed,
        ),
    }


def complaint(owner: str, colleague: str, language: Language, *, by_email: bool) -> Moves:
    """Return how a complaint goes from acceptance to the archive, but for its solution.

    *owner* has the case, *colleague* asks the customer afterwards. *by_email* tells how the
    customer wants to hear from us.
    """
    channel = "email" if by_email else "phone"

    def say(phrase: phrases.Phrase) -> str:
        return phrase.say(language)

    return {
        **supervision(),
        "accept_complaint": done(
            owner,
            0.4,
            complaint_type=SHOWN,
            severity=SHOWN,
            priority=SHOWN,
            case_owner=owner,
        ),
        "acknowledge_complaint": done(
            owner,
            0.4,
            acknowledgement_channel=channel,
            acknowledgement=say(phrases.ACKNOWLEDGED),
        ),
        "investigate_complaint": done(
            owner,
            2,
            sources=["internal_systems", "staff"],
            findings=say(phrases.FOUND),
            fault="ours",
        ),
        "verify_findings": done(people.SUPERVISOR, 1, findings_confirmed=True),
        "propose_solution": done(
            owner,
            1,
            initial_solution=say(phrases.PROPOSED),
            proposal_channel=channel,
            customer_answer="agrees",
        ),
        "approve_compensation": done(people.SUPERVISOR, 1, approval="approved"),
        "carry_out_remedy": done(owner, 2, remedy_result=say(phrases.REMEDIED), remedied_on=Day(0)),
        "give_feedback": done(
            owner,
            0.7,
            feedback_problem=say(phrases.FOUND),
            feedback_actions=say(phrases.ACTED),
            feedback_solution=say(phrases.SOLVED),
            feedback_result=say(phrases.RESULT),
            feedback_channels=[channel],
            follow_up_person=colleague,
        ),
        "verify_solution": done(colleague, 4, solved=True),
        "archive_complaint": done(
            owner, 2, root_cause="process", repeated=False, lesson=say(phrases.LESSON)
        ),
    }


def solution(owner: str, language: Language, **values: object) -> Moves:
    """Return the decision for a solution, with the fields that belong to it."""
    reason = phrases.BECAUSE.say(language)
    return {"decide_solution": done(owner, 0.7, **values, solution_reason=reason)}


def training(attendee: str, language: Language) -> Moves:
    """Return what the supervisor does for a complaint about a colleague's manner."""
    return {
        "arrange_training": done(
            people.SUPERVISOR,
            2,
            training_kind="coaching",
            training_for=attendee,
            remedy_result=phrases.REMEDIED.say(language),
            training_on=Day(3),
        )
    }


def returned(language: Language, inspection: str = "as_stated", *, photo: bool = False) -> Moves:
    """Return how goods come back and are judged, up to and with what follows from it."""
    photos: Values = {"inspection_photos": [Photo("inspection")]} if photo else {}
    return {
        **supervision(),
        "arrange_collection": done(
            people.WAREHOUSE,
            2,
            carrier="SF Express",
            tracking_number="SF1400298831",
            collection_on=Day(1),
        ),
        "receive_goods": done(people.WAREHOUSE, 20, received_count=1, parcel_state="intact"),
        "inspect_goods": done(
            people.WAREHOUSE,
            3,
            inspection_result=inspection,
            inspection_note=phrases.INSPECTED.say(language),
            **photos,
        ),
        "decide_outcome": done(
            people.AGENTS[0],
            1,
            return_outcome=SHOWN,
            refund_amount=SHOWN,
            outcome_reason=phrases.DECIDED.say(language),
        ),
        "approve_refund": done(people.FINANCE, 2, approval="approved"),
        "ship_exchange": done(
            people.WAREHOUSE, 3, ship_carrier="SF Express", ship_tracking_number="SF1400771042"
        ),
        "send_goods_back": done(
            people.WAREHOUSE, 3, ship_carrier="SF Express", ship_tracking_number="SF1400771043"
        ),
        "repair_goods": done(
            people.WAREHOUSE,
            12,
            diagnosis="Heating element broken.",
            repair_done="Replaced and tested.",
            repair_checked=True,
            repair_tracking_number="SF1400771044",
        ),
        "explain_refusal": done(
            people.AGENTS[0], 2, refusal_explanation=phrases.REFUSED.say(language)
        ),
    }


def contact(language: Language, *, unsolved_rounds: int = 0) -> Moves:
    """Return the first contact after a service, and the care where it was not solved yet."""
    note = phrases.CONTACTED.say(language)
    heard: Values = {"contact_channel": "phone", "contact_note": note}
    solved = done(people.AGENTS[1], 3, **heard, solved=True)
    unsolved = done(people.AGENTS[1], 3, **heard, solved=False)
    still = done(people.ACCOUNT_MANAGER, 2, **heard, solved=False)
    at_last = done(people.ACCOUNT_MANAGER, 2, **heard, solved=True)
    if not unsolved_rounds:
        return {**supervision(), "contact_customer": solved}
    return {
        **supervision(),
        "contact_customer": unsolved,
        "care_in_person": still * (unsolved_rounds - 1) + at_last,
        "decide_unsolved_matter": done(
            people.SUPERVISOR,
            2,
            unsolved_decision="specialist",
            unsolved_measure="A technician calls the customer tomorrow.",
        ),
    }


def survey_answer(csat: int, nps: int, language: Language, *, by_phone: bool = False) -> Moves:
    """Return the customer's answer, by message or told to an agent; recovery where it is low."""
    is_low = csat <= 2 or nps <= 6  # the service standard's threshold for a recovery
    comment = (phrases.DISPLEASED if is_low else phrases.PLEASED).say(language)
    values: Values = {
        "csat": csat,
        "nps": nps,
        "response_speed": csat,
        "professionalism": max(csat, 3),
        "attitude": max(csat, 3),
        "result": csat,
        "comment": comment,
    }
    answer: Completes | Tells = (
        Completes(by=people.AGENTS[2], after=timedelta(hours=3), values=values)
        if by_phone
        else Tells(message="survey_answered", after=timedelta(hours=3), values=values)
    )
    return {
        "record_survey_answer": (answer,),
        "recover_service": done(
            people.SUPERVISOR,
            4,
            recovery_cause="speed",
            recovery_remedy="visit",
            recovery_note=phrases.RECOVERED.say(language),
            recovery_satisfied=True,
        ),
    }
