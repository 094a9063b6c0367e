"""How is an amount counted in minor units?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.connectors.currency import from_minor, to_minor
from engine.errors import ConnectorRejected


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        pytest.param("12.50", "CNY", 1250, id="fen-are-hundredths"),
        pytest.param("1200", "JPY", 1200, id="yen-have-no-parts"),
        pytest.param("1.234", "KWD", 1234, id="dinars-have-thousandths"),
        pytest.param("12.500", "EUR", 1250, id="zeros-at-the-end-do-not-count"),
    ],
)
def test_each_currency_has_its_own_decimals(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor
    assert from_minor(minor, currency) == Decimal(amount)


@given(minor=st.integers(0, 10**14), currency=st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
def test_minor_units_come_back_as_they_were(minor: int, currency: str) -> None:
    assert to_minor(from_minor(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "message"),
    [
        pytest.param("0.001", "CNY", "2 decimals", id="a-tenth-of-a-fen"),
        pytest.param("0.5", "JPY", "0 decimals", id="half-a-yen"),
        pytest.param("1", "XXX", "ISO 4217", id="no-currency"),
        pytest.param("1", "", "ISO 4217", id="nothing"),
    ],
)
def test_what_cannot_be_counted_is_refused(amount: str, currency: str, message: str) -> None:
    with pytest.raises(ConnectorRejected, match=message):
        to_minor(Decimal(amount), currency)
