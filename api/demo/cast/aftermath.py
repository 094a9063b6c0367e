"""What comes after a solved case: the survey, and whether it is answered.

Each says on which days the case may have begun for the end to be sure: by midnight of day 14 and
all through the day after. *slow* cases (a return, a re-opened case) take about two days longer.
"""

from api.demo import scripts
from api.demo.cast.parts import Part, Telling, Told
from api.demo.story import Customer

_SURVEY = {"send_survey": 1}
_REMINDED = {"send_survey": 1, "send_survey_reminder": 1}


def answered(csat: int, nps: int, *, by_phone: bool = False) -> Told:
    """The customer answers; a low score (CSAT 1-2, NPS 0-6) is followed by a call.

    Days 0-6, slow ones 0-4; core and important customers two days more.
    """

    def tell(telling: Telling) -> Part:
        return Part(
            moves=scripts.survey_answer(csat, nps, telling.language, by_phone=by_phone),
            places={"follow_up": ("follow_up_completed",)},
            letters=_SURVEY,
        )

    return tell


def answered_again_in_a_month(csat: int, nps: int) -> Told:
    """The customer answers, and is asked again in a month, as the warranty runs. Days 0-4."""

    def tell(telling: Telling) -> Part:
        return Part(
            moves=scripts.survey_answer(csat, nps, telling.language),
            places={"follow_up": ("survey_due",)},
            letters=_SURVEY,
        )

    return tell


def silent(telling: Telling) -> Part:
    """No answer, one reminder, closed. Days 0 and 1, core and important customers only."""
    del telling
    return Part(places={"follow_up": ("closed_no_response",)}, letters=_REMINDED)


def no_answer_yet(telling: Telling) -> Part:
    """Asked and reminded; the answer may still come. Days 2-3; core and important ones 4-5."""
    del telling
    return Part(places={"follow_up": ("record_survey_answer",)}, letters=_REMINDED)


def not_asked_yet(telling: Telling) -> Part:
    """The survey is not due before the end. From day 9; core and important ones from day 11."""
    del telling
    return Part(places={"follow_up": ("survey_due",)})


def no_consent(telling: Telling) -> Part:
    """The customer has not agreed to be asked. Days 0-7, slow ones 0-5."""
    return Part(
        places={"follow_up": ("closed_without_survey",)},
        customer=Customer(language=telling.language, consent=False),
    )


def asked_lately(telling: Telling) -> Part:
    """The customer was asked ten days before and is left in peace. Days 0-7, slow ones 0-5."""
    return Part(
        places={"follow_up": ("closed_without_survey",)},
        customer=Customer(language=telling.language, surveyed_days_ago=10),
    )


def no_address(telling: Telling) -> Part:
    """There is no e-mail address to send the survey to. Days 0-7, slow ones 0-5."""
    return Part(
        places={"follow_up": ("closed_without_survey",)},
        customer=Customer(language=telling.language, has_email=False),
    )
