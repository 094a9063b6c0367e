"""The people of the demo shop and the client of its online channels."""

from dataclasses import dataclass

from engine.domain.identity import ENGINE, Role
from engine.errors import Conflict
from engine.services.identity import IdentityService

CLIENT_ID = "redress-demo"
CLIENT_SECRET = "redress-demo"  # noqa: S105  # of the demo, which listens on this machine only
ADMINISTRATOR = "demo"
CHANNELS = "channels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A demo account; its password is its user name."""

    username: str
    name: str
    groups: frozenset[str]


def _person(username: str, name: str, *roles: Role) -> Person:
    return Person(username=username, name=name, groups=frozenset(roles))


PEOPLE = (
    _person(ADMINISTRATOR, "Demo administrator 演示管理员", Role.ADMINISTRATOR),
    _person("mei", "Lin Mei 林梅", Role.AGENT),
    _person("jack", "Jack Ross", Role.AGENT),
    _person("anna", "Anna Zhou 周安娜", Role.AGENT),
    _person("wang", "Wang Lei 王磊", Role.SUPERVISOR),
    _person("chen", "Chen Jing 陈静", Role.SUPERVISOR),
    _person("bao", "Bao Gang 鲍刚", Role.WAREHOUSE),
    _person("qian", "Qian Rui 钱瑞", Role.FINANCE),
    _person("ruth", "Ruth Miller", Role.FINANCE, Role.AGENT),
    _person("helen", "Helen Xu 徐海伦", Role.ACCOUNT_MANAGER),
    _person("oliver", "Oliver Sun 孙立", Role.PROCESS_OWNER),
    _person("ada", "Ada Feng 冯爱达", Role.AUDITOR),
    _person("otto", "Otto Jiang 江涛", Role.OPERATOR),
    _person(CHANNELS, "Online channels 线上渠道", Role.OPERATOR, Role.PROCESS_OWNER),
)
"""Everybody who appears in the stories, and those who look after them."""

AGENTS = ("mei", "jack", "anna")
SUPERVISOR = "wang"
OTHER_SUPERVISOR = "chen"
WAREHOUSE = "bao"
FINANCE = "qian"
DESK_AND_FINANCE = "ruth"
ACCOUNT_MANAGER = "helen"


def hire(identity: IdentityService) -> None:
    """Create whoever is not there yet; somebody who is stays as he or she is."""
    present = {account.username for account in identity.people.accounts(ENGINE)}
    for person in PEOPLE:
        if person.username not in present:
            identity.people.create_account(
                ENGINE,
                username=person.username,
                name=person.name,
                password=person.username,
                groups=person.groups,
                demo=True,
            )
    try:
        identity.people.create_client(
            ENGINE, client_id=CLIENT_ID, username=CHANNELS, secret=CLIENT_SECRET
        )
    except Conflict:
        return
