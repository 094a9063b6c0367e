"""A shop that lives through our processes: the shipped models, forms and decisions, for real.

Only the outside systems are pretended. Every step restores the instance from its bytes, every
user task is completed through its form, and time is a clock that the test moves.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from lxml import etree

from engine.bpmn import DecisionAnswer, ProcessModel
from engine.calendars import builtin_calendars, feel_functions
from engine.dmn import evaluate, parse_decisions
from engine.domain import events as facts
from engine.domain.documents import StoredDocument
from engine.domain.events import Event, Reference
from engine.feel import to_json
from engine.forms import parse_form, validate
from tests.bpmn.harness import FakeHost, Story, model_of
from tests.models.diagram import ROOT, ZEEBE

Connector = Callable[[Mapping[str, object]], object]

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning in Shanghai, on a working day."""

CUSTOMER = {
    "customer_id": "C1",
    "name": "Li Wei",
    "email": "li.wei@example.com",
    "phone": "+86 10 0000 0000",
    "language": "zh",
    "segment": "ordinary",
    "channels": ["email"],
    "consent": True,
    "last_surveyed_at": None,
}
KETTLE = {
    "sku": "KETTLE",
    "name": "Kettle",
    "category": "kitchen",
    "price": 199,
    "quantity": 2,
    "warranty_months": 12,
    "returnable": True,
}
FRIDGE = {**KETTLE, "sku": "FRIDGE", "name": "Fridge", "price": 3999, "warranty_months": 24}
ORDER = {
    "order_id": "O1",
    "customer_id": "C1",
    "ordered_at": "2026-02-26T03:00:00Z",
    "delivered_at": "2026-02-28T03:00:00Z",
    "store_id": "S1",
    "online": True,
    "currency": "CNY",
    "items": [KETTLE, FRIDGE],
}


class BusinessError(Exception):
    """A pretended connector answers with a BPMN error of this code."""


class Shop(FakeHost):
    """The world around the processes: clock, keys, calendars, decisions and connectors."""

    def __init__(self, **connectors: Connector) -> None:
        super().__init__()
        self.clock.set(MONDAY)
        self.number: str | None = "2026-000001"
        self.last_surveyed_at: object = None
        self.feel_functions = {
            **feel_functions(builtin_calendars()),
            "own number": lambda: self.number,
        }
        self.called: list[tuple[str, Mapping[str, object]]] = []
        self.connectors: dict[str, Connector] = {
            "customer": lambda _: {**CUSTOMER, "last_surveyed_at": self.last_surveyed_at},
            "survey-sent": self._note_survey,
            "order": lambda _: ORDER,
            "refund": lambda i: {"refund_id": "RF1", "status": "paid", "amount": i["amount"]},
            "loyalty": lambda i: {"entry_id": "L1", "balance": i["points"]},
            "email": lambda _: {"message_id": "M1"},
            "publish-message": lambda _: None,
            **connectors,
        }

    def decide(self, reference: Reference, context: Mapping[str, object]) -> DecisionAnswer:
        data = (ROOT / "workflows" / "dmn" / f"{reference.id}.dmn").read_bytes()
        model = parse_decisions(data, resource_name=reference.id)
        result = evaluate(model, reference.id, context, now=self.now())
        return DecisionAnswer(decision_key=1, evaluations=(), output=to_json(result.output))

    def _note_survey(self, inputs: Mapping[str, object]) -> object:
        self.last_surveyed_at = inputs["surveyed_at"]
        return {"last_surveyed_at": self.last_surveyed_at}

    def letters(self) -> list[object]:
        """The templates of the e-mails that were sent, in order."""
        return [inputs["template"] for name, inputs in self.called if name == "email"]


@cache
def shipped(process: str) -> ProcessModel:
    """Return a process of ours, parsed once."""
    return model_of((ROOT / "workflows" / "bpmn" / f"{process}.bpmn").read_bytes())


class Case(Story):
    """One instance of a shipped process, whose jobs are done as soon as they appear."""

    def __init__(self, process: str, shop: Shop | None = None) -> None:
        super().__init__(shipped(process), shop or Shop())
        self.shop: Shop = self.host  # type: ignore[assignment]
        self.tasks: dict[int, facts.UserTaskCreated] = {}
        self.jobs: list[facts.JobCreated] = []
        self.call: facts.CallRequested | None = None

    def start(self, start_event_id: str | None = None, /, **variables: object) -> "Case":
        super().start(start_event_id, **variables)
        self._work()
        return self

    def open_by_form(self, form: str, /, **entered: object) -> "Case":
        """Start as a person does, through the start form."""
        return self.start(**self._checked(form, entered, {}))

    def do(self, task: str, /, **entered: object) -> "Case":
        """Complete a user task through its form."""
        key = self.key(task)
        form = self.tasks[key].form
        assert form is not None
        variables = self._checked(form.id, entered, self.restored().visible_variables(key))
        self.complete(key, **variables)
        self._work()
        return self

    def hear(self, message: str, /, **variables: object) -> "Case":
        """Get a message from outside."""
        self.message(message, **variables)
        self._work()
        return self

    def returned(self, /, **variables: object) -> "Case":
        """End the called return with these variables."""
        self.complete("handle_return", **variables)
        self._work()
        return self

    def escalated(self, code: str) -> "Case":
        """Let the called return escalate."""
        self.escalate("handle_return", code)
        self._work()
        return self

    def wait(self, *, hours: float = 0, days: float = 0) -> "Case":
        """Let time pass; what becomes due happens, jobs included."""
        until = self.shop.now() + timedelta(hours=hours, days=days)
        while due := min((at for at in self.timers.values() if at <= until), default=None):
            self.pass_time(max(due - self.shop.now(), timedelta()))
            self._work()
        self.pass_time(until - self.shop.now())
        return self

    def due(self, task: str) -> datetime | None:
        """Return the due date of an open user task."""
        return self.tasks[self.key(task)].due_date

    @property
    def flows(self) -> set[str]:
        """The sequence flows that were taken."""
        return {event.element_id for event in self.of(facts.FlowTaken)}

    def _checked(
        self, form: str, entered: Mapping[str, object], context: Mapping[str, object]
    ) -> dict[str, object]:
        model = parse_form((ROOT / "forms" / f"{form}.form").read_bytes(), resource_name=form)
        return validate(
            model,
            entered,
            context=context,
            now=self.shop.now(),
            functions=self.shop.functions(),
            find_document=_photo,
        )

    def _note(self, event: Event) -> None:
        super()._note(event)
        match event:
            case facts.UserTaskCreated():
                self.tasks[event.element_instance_key] = event
            case facts.JobCreated():
                self.jobs.append(event)
            case facts.CallRequested():
                self.call = event

    def _work(self) -> None:
        assert not self.incidents, self.incidents
        while self.jobs:
            job = self.jobs.pop(0)
            if job.element_instance_key in self.open:
                self._run(job)
            assert not self.incidents, self.incidents

    def _run(self, job: facts.JobCreated) -> None:
        name = job.type.removeprefix("redress:")
        seen = self.restored().visible_variables(job.element_instance_key)
        inputs = {key: seen[key] for key in _inputs(self.model.process_id, job.element_id)}
        self.shop.called.append((name, inputs))
        try:
            result = self.shop.connectors[name](inputs)
        except BusinessError as error:
            self.fail(job.element_instance_key, str(error))
            return
        target = job.headers.get("resultVariable")
        self.complete(job.element_instance_key, **({target: result} if target else {}))


@cache
def _inputs(process: str, element: str) -> tuple[str, ...]:
    root = etree.parse(ROOT / "workflows" / "bpmn" / f"{process}.bpmn").getroot()
    (node,) = root.iterfind(f".//*[@id='{element}']")
    return tuple(entry.get("target") for entry in node.iter(f"{ZEEBE}input"))


def _photo(document_id: str) -> StoredDocument:
    return StoredDocument(
        document_id=document_id,
        file_name=f"{document_id}.jpg",
        content_type="image/jpeg",
        size=1000,
        sha256="0" * 64,
    )
