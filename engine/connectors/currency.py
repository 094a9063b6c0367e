"""ISO 4217 currencies in use and how many decimals their amounts have."""

from decimal import Decimal

from engine.errors import ConnectorRejected

_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
        "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
        "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
        "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
        "PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
        "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_DECIMALS_BY_CODE = {
    code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()
}


def to_minor(amount: Decimal, currency: str) -> int:
    """Return *amount* in minor units of *currency* (cents, fen; JPY has none).

    Raises:
        ConnectorRejected: There is no such currency, or it has no such small amounts.
    """
    minor = amount.scaleb(_decimals(currency))
    if minor != minor.to_integral_value():
        raise ConnectorRejected(
            f"amount: {currency} has {_decimals(currency)} decimals, {amount} has more"
        )
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the amount that *minor* units of *currency* are, with all its decimals.

    Raises:
        ConnectorRejected: There is no such currency.
    """
    return Decimal(minor).scaleb(-_decimals(currency))


def _decimals(currency: str) -> int:
    decimals = _DECIMALS_BY_CODE.get(currency)
    if decimals is None:
        raise ConnectorRejected(f"currency: {currency!r} is no ISO 4217 currency")
    return decimals
