"""What the demo sees of the server and does to it, each call one HTTP request of one person."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from api.demo import office
from api.demo.client import Client, Refused
from api.demo.people import ADMINISTRATOR, CHANNELS
from api.demo.photos import photo
from api.demo.story import SHOWN, Day, Photo, Story, Values

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MESSAGE = "complaint_received"
_CONFLICT = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A user task of a case: ``number`` is the case's, ``at`` when it appeared or was done."""

    key: str
    number: str
    element_id: str
    instance_key: str
    assignee: str | None
    at: datetime


class Shopfloor:
    """The server as the people of the demo meet it. Every method raises `Refused`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    # -- seeing ----------------------------------------------------------------------------------

    def clock(self) -> tuple[datetime, bool]:
        """Return the server's time, and whether it stands still."""
        reading = self._client.get(ADMINISTRATOR, "/api/clock")
        return _moment(reading["now"]), bool(reading["isPinned"])

    def begun(self) -> dict[str, datetime]:
        """Return the numbers of all cases, with the time when each began."""
        items = self._client.every(ADMINISTRATOR, "/v2/process-instances/search", {})
        begun: dict[str, datetime] = {}
        for item in items:
            if number := item["businessId"]:
                at = _moment(item["startDate"])
                begun[number] = min(at, begun.get(number, at))
        return begun

    def open_tasks(self) -> list[Task]:
        """Return every user task that waits for somebody."""
        return list(self._tasks("CREATED", "creationDate"))

    def done_tasks(self) -> list[Task]:
        """Return every user task that somebody has done."""
        return list(self._tasks("COMPLETED", "completionDate"))

    def is_open(self, task: Task) -> bool:
        """Tell whether the task still waits for somebody."""
        state = self._client.get(ADMINISTRATOR, f"/v2/user-tasks/{task.key}")["state"]
        return bool(state == "CREATED")

    def was_refused(self, number: str, who: str) -> bool:
        """Tell whether the case's history holds a refused attempt of *who*."""
        story = self._client.get(ADMINISTRATOR, f"/api/cases/{number}/history")
        return any(
            fact["kind"] == "access_denied" and fact["actor"] == who for fact in story["facts"]
        )

    # -- doing -----------------------------------------------------------------------------------

    def move_clock(self, to: datetime) -> None:
        """Let the server live through everything that is due until *to*."""
        milliseconds = (to - _EPOCH) // timedelta(milliseconds=1)
        self._client.put(ADMINISTRATOR, "/v2/clock", {"timestamp": milliseconds})

    def release_clock(self) -> None:
        """Let the server go on in real time."""
        self._client.post(ADMINISTRATOR, "/v2/clock/reset", {})

    def begin(self, story: Story, now: datetime) -> None:
        """Begin a case: an online complaint comes as a message, all else is entered by hand."""
        variables = self._filled_in(story.opening, story.number, story.by, now, shown={})
        if story.by == CHANNELS and story.process_id == "complaint":
            body: dict[str, object] = {
                "name": _MESSAGE,
                "correlationKey": story.number,
                "messageId": f"begin-{story.number}",
                "businessId": story.number,
                "variables": variables,
            }
            self._client.post(story.by, "/v2/messages/publication", body)
            return
        body = {
            "processDefinitionId": story.process_id,
            "businessId": story.number,
            "variables": variables,
        }
        self._client.post(story.by, "/v2/process-instances", body)

    def claim(self, task: Task, who: str, *, take_over: bool) -> None:
        """Let *who* take the task; of two people who do, the second is refused."""
        self._client.post(
            who,
            f"/v2/user-tasks/{task.key}/assignment",
            {"assignee": who, "allowOverride": take_over},
        )

    def complete(self, task: Task, who: str, values: Values, now: datetime) -> None:
        """Let *who* fill in the form of the task and send it."""
        shown = self._shown(task, who) if SHOWN in values.values() else {}
        variables = self._filled_in(values, task.number, who, now, shown=shown)
        self._client.post(who, f"/v2/user-tasks/{task.key}/completion", {"variables": variables})

    def tell(self, task: Task, message: str, values: Values) -> None:
        """Send a customer's message to the instance that the task belongs to."""
        waiting = self._client.post(
            CHANNELS,
            "/v2/message-subscriptions/search",
            {"filter": {"processInstanceKey": task.instance_key, "messageName": message}},
        )
        body = {
            "name": message,
            "correlationKey": waiting["items"][0]["correlationKey"],
            "messageId": f"{message}-{task.key}",
            "variables": values,
        }
        self._client.post(CHANNELS, "/v2/messages/publication", body)

    # -- inside ----------------------------------------------------------------------------------

    def _tasks(self, state: str, moment: str) -> Iterator[Task]:
        body = {"filter": {"state": state}}
        for item in self._client.every(ADMINISTRATOR, "/v2/user-tasks/search", body):
            if item["businessId"]:
                yield Task(
                    key=item["userTaskKey"],
                    number=item["businessId"],
                    element_id=item["elementId"],
                    instance_key=item["processInstanceKey"],
                    assignee=item["assignee"],
                    at=_moment(item[moment]),
                )

    def _shown(self, task: Task, who: str) -> dict[str, Any]:
        path = f"/v2/user-tasks/{task.key}/effective-variables/search?truncateValues=false"
        return {
            item["name"]: orjson.loads(item["value"]) for item in self._client.every(who, path, {})
        }

    def _filled_in(
        self, values: Values, number: str, who: str, now: datetime, *, shown: Mapping[str, object]
    ) -> dict[str, object]:
        filled: dict[str, object] = {}
        for name, value in values.items():
            if value is SHOWN:
                filled[name] = shown.get(name)
            elif isinstance(value, Day):
                here = now.astimezone(office.SHOP_ZONE) + timedelta(days=value.days_ahead)
                filled[name] = here.date().isoformat()
            elif isinstance(value, list):
                filled[name] = [self._attached(item, number, who) for item in value]
            else:
                filled[name] = value
        return filled

    def _attached(self, item: object, number: str, who: str) -> object:
        if not isinstance(item, Photo):
            return item
        document_id, content = f"{number}-{item.name}", photo(f"{number} {item.name}")
        file_name = f"{item.name}.png"
        try:
            self._client.upload(who, document_id, file_name, content)
        except Refused as refused:
            if refused.status != _CONFLICT:  # it was uploaded before the demo was killed
                raise
        return {
            "camunda.document.type": "camunda",
            "storeId": "redress",
            "documentId": document_id,
            "contentHash": hashlib.sha256(content).hexdigest(),
            "metadata": {"contentType": "image/png", "fileName": file_name, "size": len(content)},
        }


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
