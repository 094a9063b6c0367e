"""Who people are: sign-in and the administration of accounts, groups and clients."""

from engine.services.identity.accounts import Account
from engine.services.identity.passwords import Cost
from engine.services.identity.people import People
from engine.services.identity.service import IdentityService, IssuedToken
from engine.services.identity.sessions import Session, SessionLimits

__all__ = [
    "Account",
    "Cost",
    "IdentityService",
    "IssuedToken",
    "People",
    "Session",
    "SessionLimits",
]
