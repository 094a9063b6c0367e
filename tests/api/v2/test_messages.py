"""How do messages reach those who wait for them?"""

from typing import Any

import pytest

from tests.api.v2.conftest import Api


def waiting(api: Api) -> str:
    """Bring an order to where it waits for its parcel."""
    instance = api.start_and_approve(businessId="case-7")
    key = next(j["jobKey"] for j in api.activate() if j["processInstanceKey"] == instance)
    api.ok("POST", f"/jobs/{key}/completion", {}, by="otto")
    return instance


def test_a_published_message_ends_the_wait(api: Api) -> None:
    instance = waiting(api)
    body = {
        "name": "parcel_received",
        "correlationKey": "o-1",
        "variables": {"weight": 2},
        "timeToLive": 0,
    }

    answer = api.ok("POST", "/messages/publication", body)

    assert sorted(answer) == ["messageKey", "tenantId"]
    assert api.ok("GET", f"/process-instances/{instance}")["state"] == "COMPLETED"


def test_a_kept_message_waits_for_its_receiver(api: Api) -> None:
    body = {"name": "parcel_received", "correlationKey": "o-1", "timeToLive": 60_000}
    api.ok("POST", "/messages/publication", body)

    instance = waiting(api)

    assert api.ok("GET", f"/process-instances/{instance}")["state"] == "COMPLETED"


def test_the_same_message_id_is_a_conflict_while_it_is_kept(api: Api) -> None:
    body = {"name": "m", "correlationKey": "k", "timeToLive": 60_000, "messageId": "one"}
    api.ok("POST", "/messages/publication", body)

    assert api.call("POST", "/messages/publication", body).status_code == 409


def test_a_correlated_message_says_who_had_it(api: Api) -> None:
    instance = waiting(api)

    answer = api.ok(
        "POST", "/messages/correlation", {"name": "parcel_received", "correlationKey": "o-1"}
    )

    assert answer["processInstanceKey"] == instance
    assert sorted(answer) == ["messageKey", "processInstanceKey", "tenantId"]


def test_a_message_that_nobody_waits_for_is_not_found(api: Api) -> None:
    body = {"name": "parcel_received", "correlationKey": "o-9"}

    assert api.call("POST", "/messages/correlation", body).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        pytest.param("publication", {}, 400, id="no-name"),
        pytest.param("publication", {"name": ""}, 400, id="empty-name"),
        pytest.param("publication", {"name": "m", "timeToLive": -1}, 400, id="negative-time"),
        pytest.param("publication", {"name": "m", "tenantId": "t"}, 400, id="another-tenant"),
        pytest.param("correlation", {"name": "m", "businessId": "b"}, 501, id="business-id"),
    ],
)
def test_a_message_out_of_form_is_refused(
    api: Api, path: str, body: dict[str, Any], status: int
) -> None:
    assert api.call("POST", f"/messages/{path}", body).status_code == status


def test_whoever_has_no_role_may_not_publish(api: Api) -> None:
    assert api.call("POST", "/messages/publication", {"name": "m"}, by="carl").status_code == 403


def test_a_subscription_is_read_with_every_field_of_the_contract(api: Api) -> None:
    instance = waiting(api)

    (waits,) = api.search("message-subscriptions", {"filter": {"correlationKey": "o-1"}})

    assert waits == {
        "messageSubscriptionKey": waits["messageSubscriptionKey"],
        "messageSubscriptionState": "CREATED",
        "messageSubscriptionType": "PROCESS_EVENT",
        "messageName": "parcel_received",
        "correlationKey": "o-1",
        "elementId": "wait_for_parcel",
        "elementInstanceKey": waits["elementInstanceKey"],
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "processDefinitionKey": waits["processDefinitionKey"],
        "processDefinitionId": "order",
        "processDefinitionName": "Order",
        "processDefinitionVersion": 1,
        "businessId": "case-7",
        "lastUpdatedDate": "2026-03-02T12:00:00Z",
        "toolName": None,
        "toolProperties": {},
        "inboundConnectorType": None,
        "tenantId": "<default>",
    }


def test_subscriptions_of_others_are_hidden(api: Api) -> None:
    waiting(api)

    assert api.search("message-subscriptions", by="wanda") == []
