"""An instance over HTTP: a start and three form completions, in four requests.

Every request is signed in, checked against its form and allowed or refused; every row is written.
Between the requests the keys of the tasks are read from the database, outside the time taken. The
clients are processes on the same machine and cost CPU as well.
"""

import http.client
import json
import multiprocessing
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import make_url, select

from benchmarks import servers
from benchmarks.report import Chart, Section, Verdict
from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from engine.persistence.database import Database
from engine.persistence.schema import user_task
from tests.bpmn.build import Diagram, setting

ROOT_ACTOR = Actor(username="root", groups=frozenset({Role.ADMINISTRATOR}))
REQUESTS = 4
STEPS = ("receive", "examine", "answer")
CLIENTS = (1, 4, 16)
TWO_NODES = "PostgreSQL, two nodes"
ENTERED = {"subject": "Torn box", "rating": 3, "channel": "email"}
SECRET = "a secret for measuring"  # of a client that lives as long as the run
_FORM = {
    "type": "default",
    "id": "measured",
    "schemaVersion": 19,
    "components": [
        {"type": "textfield", "key": "subject", "label": "Subject", "validate": {"required": True}},
        {"type": "number", "key": "rating", "label": "Rating", "validate": {"min": 1, "max": 5}},
        {
            "type": "select",
            "key": "channel",
            "label": "Channel",
            "values": [{"label": v, "value": v} for v in ("email", "phone", "letter")],
        },
    ],
}

Call = tuple[str, bytes, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One database in one mode; ``plain`` is its second database, for the bare server."""

    name: str
    url: str
    plain: str
    mode: str
    target: float
    nodes: int = 1


def measure(
    folder: Path,
    *,
    postgresql: tuple[str, str],
    together: tuple[str, str],
    quick: bool,
) -> list[Section]:
    """Serve every database in turn, and let 1, 4 and 16 clients come to both servers.

    *postgresql* and *together* are two databases each: for one node, and for two that share them.
    """
    instances, repeat = (8, 1) if quick else (96, 3)
    places = [
        Place(
            name="SQLite FULL",
            url=f"sqlite:///{folder}/full.db",
            plain=f"{folder}/full-bare.db",
            mode="FULL",
            target=0,
        ),
        Place(
            name="SQLite NORMAL",
            url=f"sqlite:///{folder}/normal.db",
            plain=f"{folder}/normal-bare.db",
            mode="NORMAL",
            target=85,
        ),
        Place(name="PostgreSQL", url=postgresql[0], plain=postgresql[1], mode="FULL", target=60),
        Place(name=TWO_NODES, url=together[0], plain=together[1], mode="FULL", target=0, nodes=2),
    ]
    rows, verdicts, bars = [], [], []
    started: list[float] = []
    memory: list[float] = []
    for place in places:
        with ExitStack() as stack:
            served = [
                stack.enter_context(
                    servers.redress(
                        folder, url=place.url, mode=place.mode, prepare=None if node else prepare
                    )
                )
                for node in range(place.nodes)
            ]
            plain = [
                stack.enter_context(servers.bare(database=place.plain, mode=place.mode))
                for _ in range(place.nodes)
            ]
            started += [node.started_in for node in served]
            found = _compare(
                place,
                [node.port for node in served],
                [node.port for node in plain],
                instances,
                repeat,
            )
            memory += [node.worker_mib() for node in served]
        for clients, (ours, theirs) in found.items():
            rows.append((place.name, clients, ours, theirs, f"{ours / theirs:.0%}"))
            bars.append((f"Redress, {place.name}, {clients} clients", ours))
        one = found[1]
        if place.target:
            verdicts += [
                Verdict(
                    what=f"instances over HTTP, {place.name}, 1 client",
                    target=f"≥ {place.target:.0f}/s",
                    measured=f"{one[0]:.0f}/s",
                    is_met=one[0] >= place.target,
                ),
                Verdict(
                    what=f"the same, against bare Flask and a commit, {place.name}",
                    target="≥ 40 %",
                    measured=f"{one[0] / one[1]:.0%}",
                    is_met=one[0] / one[1] >= 0.4,
                ),
            ]
        if place.name == TWO_NODES:
            rise = found[CLIENTS[-1]][0] / one[0]
            verdicts.append(
                Verdict(
                    what="the same with 16 clients against 1, PostgreSQL, two nodes",
                    target="rising",
                    measured=f"{rise:.2f} ×",
                    is_met=rise > 1,
                )
            )
    return [
        _throughput(rows, bars, verdicts),
        _process(started, memory),
    ]


def prepare(app: Application) -> None:
    """Deploy the process of three forms, and let one program sign in."""
    diagram = Diagram("three_forms")
    settings = setting("formDefinition", formId="measured") + setting(
        "assignmentDefinition", candidateGroups="agent"
    )
    diagram.start()
    for step in STEPS:
        diagram.user(step, settings=settings)
    diagram.end().chain("start", *STEPS, "end")
    files = {"three_forms.bpmn": diagram.xml(), "measured.form": json.dumps(_FORM).encode()}
    app.deployments.deploy(ROOT_ACTOR, files)
    people = app.identity.people
    people.create_account(
        ROOT_ACTOR, username="clerk", name="Clerk", password=None, groups=[Role.AGENT]
    )
    people.create_client(ROOT_ACTOR, client_id="clerk", username="clerk", secret=SECRET)


def _compare(
    place: Place, ports: Sequence[int], plain: Sequence[int], instances: int, repeat: int
) -> dict[int, tuple[float, float]]:
    """Return, by number of clients, instances per second of Redress and of the bare server."""
    headers = {"Authorization": f"Bearer {_token(ports[0])}", "Content-Type": "application/json"}
    database = Database(place.url)
    found = {}
    for clients in CLIENTS:
        ours, theirs = [], []
        with multiprocessing.get_context("fork").Pool(clients) as pool:
            for _ in range(repeat):
                ours.append(_lives(pool, ports, clients, headers, database, instances))
                theirs.append(_commits(pool, plain, clients, instances))
        found[clients] = (instances / median(ours), instances / median(theirs))
    database.close()
    return found


def _lives(
    pool: Pool,
    ports: Sequence[int],
    clients: int,
    headers: dict[str, str],
    database: Database,
    instances: int,
) -> float:
    """Return the seconds that so many instances take from their start to their end."""
    start = json.dumps({"processDefinitionId": "three_forms"}).encode()
    seconds = _send(pool, ports, clients, [("/v2/process-instances", start, headers)] * instances)
    completion = json.dumps({"variables": ENTERED}).encode()
    for step in STEPS:
        calls = [
            (f"/v2/user-tasks/{key}/completion", completion, headers)
            for key in _open_tasks(database, step)
        ]
        if len(calls) != instances:
            raise AssertionError(f"{len(calls)} of {instances} instances wait at {step}")
        seconds += _send(pool, ports, clients, calls)
    return seconds


def _commits(pool: Pool, ports: Sequence[int], clients: int, instances: int) -> float:
    body = json.dumps({"variables": ENTERED}).encode()
    calls: list[Call] = [("/commit", body, {"Content-Type": "application/json"})]
    return _send(pool, ports, clients, calls * (instances * REQUESTS))


def _send(pool: Pool, ports: Sequence[int], clients: int, calls: Sequence[Call]) -> float:
    """Let the clients send what is to be sent, each to one of the nodes; return the seconds."""
    shares = [(ports[place % len(ports)], calls[place::clients]) for place in range(clients)]
    began = perf_counter()
    pool.map(_client, shares, chunksize=1)
    return perf_counter() - began


def _client(share: tuple[int, Sequence[Call]]) -> None:
    """Send requests one after the other on one connection."""
    port, calls = share
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for path, body, headers in calls:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
                raise AssertionError(f"{path}: {answer.status} {content[:300]!r}")


def _token(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = f"grant_type=client_credentials&client_id=clerk&client_secret={SECRET.replace(' ', '+')}"
    connection.request(
        "POST", "/oauth/token", form, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    token: str = json.loads(connection.getresponse().read())["access_token"]
    return token


def _open_tasks(database: Database, step: str) -> list[int]:
    statement = select(user_task.c.key).where(
        user_task.c.element_id == step, user_task.c.state == "CREATED"
    )
    with database.read() as connection:
        return list(connection.execute(statement).scalars())


def _throughput(
    rows: list[tuple[str | int | float, ...]],
    bars: list[tuple[str, float]],
    verdicts: list[Verdict],
) -> Section:
    return Section(
        title="An instance over HTTP",
        text="Instances per second: a start and three forms, four requests. Beside it, four "
        "requests to a Flask view that checks nothing and commits one row of as many bytes, in "
        "the same mode, on the same gunicorn. A node is a process with eight threads; the clients "
        "run on the same cores.",
        head=("database", "clients", "Redress/s", "bare/s", "share"),
        rows=rows,
        charts=[Chart(name="over_http", title="Instances per second over HTTP", bars=bars)],
        verdicts=verdicts,
    )


def _process(started: list[float], memory: list[float]) -> Section:
    return Section(
        title="A server process",
        text="From the command to the first answer, on a database that is there; and the most "
        "memory that the worker held under the load above, password hash included.",
        head=("", "value"),
        rows=[
            ("seconds to the first answer, median", median(started)),
            ("MiB under load, largest", max(memory)),
        ],
        verdicts=[
            Verdict(
                what="memory of a worker under load",
                target="≤ 150 MiB",
                measured=f"{max(memory):.0f} MiB",
                is_met=max(memory) <= 150,
            )
        ],
    )


def libpq(url: str) -> str:
    """Return a URL of SQLAlchemy as libpq takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
