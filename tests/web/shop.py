"""Work for the people in front of the browser, put in by the API."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from api.demo.client import Client

CUSTOMER, ORDER = "K-9001", "O-9001"
_SECONDS = 60
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


def deploy_files(page: Page, shop: Client, files: Mapping[str, str]) -> None:
    """Deploy files together, by their names; warnings are confirmed."""
    for name, content in files.items():
        shop.put("demo", f"/api/drafts/{name}", {"content": content})
    answer = page.context.request.post(
        "/api/deployments",
        headers={"Authorization": f"Basic {base64.b64encode(b'demo:demo').decode()}"},
        multipart={"drafts": json.dumps(list(files)), "confirmWarnings": "true"},
    )
    assert answer.ok, answer.text()
