"""What does the server say about itself and about who is signed in?"""

from engine.domain.identity import ENGINE, Role
from tests.api.v2.conftest import Api


def test_the_topology_is_a_cluster_of_one(empty: Api) -> None:
    topology = empty.ok("GET", "/topology")

    (broker,) = topology["brokers"]
    assert (topology["clusterSize"], topology["partitionsCount"]) == (1, 1)
    assert broker["partitions"] == [
        {"partitionId": 1, "role": "leader", "health": "healthy", "state": "active"}
    ]


def test_the_gateway_names_the_version_of_the_contract(empty: Api) -> None:
    assert empty.ok("GET", "/topology")["gatewayVersion"] == "8.9.0"


def test_status_and_licence_need_no_sign_in(empty: Api) -> None:
    assert empty.client.get("/v2/status").status_code == 204
    assert empty.client.get("/v2/license").get_json() == {
        "validLicense": True,
        "licenseType": "Apache-2.0",
        "isCommercial": False,
        "expiresAt": None,
    }


def test_the_current_user_is_told_with_groups_and_roles(empty: Api) -> None:
    empty.application.identity.people.create_account(
        ENGINE,
        username="alice",
        name="Alice",
        email="alice@shop.example",
        password="a long password",
        groups=[Role.AGENT],
    )

    assert empty.ok("GET", "/authentication/me") == {
        "username": "alice",
        "displayName": "Alice",
        "email": "alice@shop.example",
        "authorizedComponents": ["*"],
        "tenants": [{"tenantId": "<default>", "name": "Default", "description": None}],
        "groups": ["agent"],
        "roles": ["agent"],
        "salesPlanType": None,
        "c8Links": {},
        "canLogout": True,
    }
