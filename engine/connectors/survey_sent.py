"""``redress:survey-sent``: keeps in the customer file when the customer was asked for a rating."""

from collections.abc import Mapping
from typing import ClassVar

from engine.connectors.call import ConnectorCall
from engine.connectors.customer import CustomerDirectory, SurveyNote, unknown_customer
from engine.connectors.payload import Id, Moment, Payload, json_values, read_inputs


class _Inputs(Payload):
    customer_id: Id
    surveyed_at: Moment


class SurveySentConnector:
    """Takes customer_id, surveyed_at; returns last_surveyed_at.

    The time is an input because it must be the same for every attempt: an input mapping such as
    ``=string(now())`` is evaluated once.
    """

    job_type: ClassVar[str] = "redress:survey-sent"

    def __init__(self, directory: CustomerDirectory) -> None:
        self._directory = directory

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Note the survey once per idempotency key; see `engine.connectors.call.Connector`."""
        inputs = read_inputs(_Inputs, call)
        last = self._directory.note_survey(
            SurveyNote(
                idempotency_key=call.idempotency_key,
                customer_id=inputs.customer_id,
                surveyed_at=inputs.surveyed_at,
            )
        )
        if last is None:
            raise unknown_customer(inputs.customer_id)
        return json_values(last)
