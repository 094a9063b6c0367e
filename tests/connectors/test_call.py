"""What is a connector called with?"""

from datetime import UTC, datetime

import pytest

from engine.connectors.call import BusinessError, ConnectorCall

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_call(key: str = "job-1", now: datetime = NOON) -> ConnectorCall:
    return ConnectorCall(
        idempotency_key=key, inputs={}, now=now, process_instance_key=1, element_id="the_task"
    )


@pytest.mark.parametrize("key", ["x", "2251799813685249:1", "a b~", "k" * 255])
def test_a_key_that_fits_a_header_is_accepted(key: str) -> None:
    assert make_call(key).idempotency_key == key


@pytest.mark.parametrize("key", ["", "k" * 256, "a\r\nb", "a\x00", "键"])
def test_a_key_that_does_not_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        make_call(key)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        make_call(now=NOON.replace(tzinfo=None))


def test_a_business_error_carries_the_bpmn_error_code() -> None:
    error = BusinessError("refund_rejected", "The card has expired.")

    assert (error.code, str(error)) == ("refund_rejected", "The card has expired.")
