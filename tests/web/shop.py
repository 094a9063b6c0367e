"""Work for the people in front of the browser, put in by the API."""

import time
from typing import Any

from api.demo.client import Client

CUSTOMER, ORDER = "K-9001", "O-9001"
_SECONDS = 20
_LOOK_SECONDS = 0.1


def complaint(subject: str, **changes: object) -> dict[str, object]:
    """Return what the start form of a complaint is filled in with."""
    return {
        "channel": "phone",
        "source": "internal",
        "customer_id": CUSTOMER,
        "order_id": ORDER,
        "topic": "packaging",
        "subject": subject,
        "description": "The box of the kettle was torn open.",
        "feedback_channels": ["email"],
        **changes,
    }


def raise_complaint(shop: Client, subject: str, **changes: object) -> str:
    """Raise a complaint by phone; return the key of its process instance."""
    body = {"processDefinitionId": "complaint", "variables": complaint(subject, **changes)}
    return str(shop.post("mei", "/v2/process-instances", body)["processInstanceKey"])


def task_of(shop: Client, instance: str, element: str) -> dict[str, Any]:
    """Wait for a task of an instance, and return it."""
    search = {"filter": {"state": "CREATED", "processInstanceKey": instance, "elementId": element}}
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        found = shop.post("demo", "/v2/user-tasks/search", search)["items"]
        if found:
            task: dict[str, Any] = found[0]
            return task
        time.sleep(_LOOK_SECONDS)
    raise AssertionError(f"no task {element} of {instance} within {_SECONDS} s")
