"""``redress:customer``: looks a customer up; and the directory where customers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from engine.connectors.call import BusinessError, ConnectorCall
from engine.connectors.payload import Id, Moment, Payload, json_values, read_inputs
from engine.errors import ConnectorRejected

CUSTOMER_UNKNOWN = "customer_unknown"
"""The BPMN error code for a customer that the directory does not have."""


class Customer(Payload):
    """One customer file; ``channels`` are the ways he or she wants to be reached."""

    customer_id: Id
    name: str
    email: str | None = None
    phone: str | None = None
    language: str
    segment: str
    channels: list[str]
    consent: bool
    last_surveyed_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyNote:
    """That a customer was asked for an opinion, and when (aware)."""

    idempotency_key: str
    customer_id: str
    surveyed_at: datetime


class LastSurvey(Payload):
    """When a customer was last asked for an opinion."""

    last_surveyed_at: Moment


class CustomerDirectory(Protocol):
    """Where the customer files are: a CRM."""

    def find(self, customer_id: str) -> Customer | None:
        """Return the customer, or None if there is none with that id.

        Raises:
            ConnectorUnavailable: The directory did not answer.
            ConnectorRejected: It refused, or answered something else than a customer.
        """
        ...

    def note_survey(self, note: SurveyNote) -> LastSurvey | None:
        """Keep when the customer was asked, unless a later time is known; the same note once.

        Returns:
            The latest time that is known now, or None if there is no such customer.

        Raises:
            ConnectorUnavailable: It is not known whether it was kept; ask again with the key.
            ConnectorRejected: It refused, or answered something else than a time.
        """
        ...


def unknown_customer(customer_id: str) -> BusinessError:
    """Return the business error for a customer that the directory does not have."""
    return BusinessError(CUSTOMER_UNKNOWN, f"there is no customer {customer_id!r}")


class _Inputs(Payload):
    customer_id: Id


class CustomerConnector:
    """Takes customer_id; returns the fields of `Customer`."""

    job_type: ClassVar[str] = "redress:customer"

    def __init__(self, directory: CustomerDirectory) -> None:
        self._directory = directory

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Look the customer up; see `engine.connectors.call.Connector`."""
        customer_id = read_inputs(_Inputs, call).customer_id
        customer = self._directory.find(customer_id)
        if customer is None:
            raise unknown_customer(customer_id)
        if customer.customer_id != customer_id:
            raise ConnectorRejected(
                f"customer {customer_id!r} was asked for, another one was answered"
            )
        return json_values(customer)
