"""Work that a node does round by round, and goes on with after a crash.

Each step asks the database what is done already, as a client does that got no answer, or sends a
request again with its key. A round
deploys a diagram, engages a person, stores a file and removes another, and lives through cases:
the shipped complaint with its refund and letters, and a process of our own with a call, a timer,
a message and a signal that reaches whoever waits for it, in this case or another.
"""

import contextlib
import struct
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.bootstrap import Application
from engine.clock import SystemClock
from engine.domain.identity import Actor, Role
from engine.errors import Conflict, NotFound
from engine.persistence.schema import process_instance, user_task
from engine.services.answers import Answer, AnsweredBefore, Answers
from engine.services.time_travel import SwitchableClock
from tests import complaint
from tests.bpmn.build import Diagram, caught, timer

BOSS = Actor(username="root", groups=frozenset(Role))
CASES_PER_ROUND = 2
PATIENCE = timedelta(seconds=120)
HOUR = timedelta(hours=1)

ANSWERS: Mapping[str, Mapping[str, object]] = {
    **complaint.FORMS,
    "acknowledge_complaint": {
        "acknowledgement_channel": "email",
        "acknowledgement": "Alice looks into it.",
    },
}
"""What is typed into each form; the customer is answered by a letter."""


class LaterClock(SwitchableClock):
    """The machine's clock and a while: leases of the killed have run out when the next begins."""

    def __init__(self, later: timedelta) -> None:
        super().__init__()
        self._later = later

    def now(self) -> datetime:
        """Return the machine's time and the while."""
        return super().now() + self._later


def prepare(app: Application) -> None:
    """Deploy the shipped models, with one customer and one order."""
    complaint.prepare(app, BOSS)


def work(app: Application, rounds: int) -> None:
    """Do what is left of the first *rounds* rounds; raises TimeoutError if something is stuck."""
    until = SystemClock().now() + PATIENCE
    left = _left(app, rounds)
    for number in sorted({int(case.split("-")[1]) for case, _ in left}):  # the others are done
        _deploy(app, number)
        _engage(app, number)
        _file(app, number)
        for case in cases(number):
            _begin(app, case)
    while left := _left(app, rounds):
        if SystemClock().now() > until:
            raise TimeoutError(f"stuck: {left[:5]}")
        if not _answer(app):
            threading.Event().wait(0.01)


def cases(number: int) -> list[str]:
    """Return the business ids of a round's cases."""
    return [f"case-{number}-{index}" for index in range(CASES_PER_ROUND)]


def kept(number: int) -> tuple[str, bytes]:
    """Return the id and the content of the file that a round keeps."""
    return f"kept-{number}", _photo(2 * number)


def _deploy(app: Application, number: int) -> None:
    errand = Diagram("errand").signal("heard").start().parallel("fork")
    errand.add(
        "intermediateCatchEvent", "pause", timer("Duration", "PT0.02S"), name=f"Pause {number}"
    )
    errand.end("said", caught("signal", "heard")).chain("start", "fork", "pause", "said")
    errand.add("intermediateCatchEvent", "hear", caught("signal", "heard"))
    errand.end().chain("fork", "hear", "end")
    caller = Diagram("caller").message("go", key="=number")
    caller.start().call("run", process="errand")
    caller.add("receiveTask", "listen", messageRef="message_go").end()
    caller.chain("start", "run", "listen", "end")
    app.deployments.deploy(BOSS, {"errand.bpmn": errand.xml(), "caller.bpmn": caller.xml()})


def _engage(app: Application, number: int) -> None:
    with contextlib.suppress(Conflict):
        app.identity.people.create_account(
            BOSS, username=f"person{number}", name="Somebody", password=None, groups=["agent"]
        )


def _file(app: Application, number: int) -> None:
    id, content = kept(number)
    with contextlib.suppress(Conflict):
        app.documents.upload(BOSS, file_name="a.png", content=content, document_id=id)
    passing = f"passing-{number}"
    with contextlib.suppress(Conflict):
        app.documents.upload(
            BOSS, file_name="b.png", content=_photo(2 * number + 1), document_id=passing
        )
    with contextlib.suppress(NotFound):
        app.documents.delete(BOSS, passing)


def _photo(number: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">II", 13, number) + bytes(32)


def _begin(app: Application, case: str) -> None:
    with app.database.read() as connection:
        begun = set(
            connection.execute(
                select(process_instance.c.process_id).where(process_instance.c.business_id == case)
            ).scalars()
        )
    if "complaint" not in begun:
        app.instances.create(
            BOSS, process_id="complaint", variables=dict(complaint.COMPLAINT), business_id=case
        )
    answers = Answers(app.database, SystemClock())
    with contextlib.suppress(AnsweredBefore), answers.once(BOSS, f"call {case}", "same") as keep:
        app.instances.create(
            BOSS, process_id="caller", variables={"number": case}, business_id=case
        )
        keep(Answer(status=200, content_type="text/plain", body=case.encode()))
    with contextlib.suppress(Conflict):
        app.messages.publish(
            BOSS,
            name="go",
            correlation_key=case,
            variables={},
            message_id=f"go {case}",
            time_to_live=HOUR * 24,
        )


def _left(app: Application, rounds: int) -> list[tuple[str, str]]:
    """Return the cases of the rounds, and their processes, that have not come to their end."""
    wanted = {case for number in range(rounds) for case in cases(number)}
    statement = select(process_instance.c.business_id, process_instance.c.process_id).where(
        process_instance.c.state == "COMPLETED"
    )
    with app.database.read() as connection:
        done = {(case, process) for case, process in connection.execute(statement)}
    return sorted(
        (case, process)
        for case in wanted
        for process in ("complaint", "caller", "errand")
        if (case, process) not in done
    )


def _answer(app: Application) -> int:
    """Complete the tasks that are open; return how many."""
    statement = select(user_task.c.key, user_task.c.element_id).where(
        user_task.c.state == "CREATED", user_task.c.element_id.in_(ANSWERS)
    )
    with app.database.read() as connection:
        tasks = connection.execute(statement.order_by(user_task.c.key)).all()
    for key, element_id in tasks:
        app.user_tasks.complete(BOSS, key, ANSWERS[element_id])
    return len(tasks)
