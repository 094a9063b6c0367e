"""Redress beside two other engines: small processes and the complaint, durable in the same mode.

The others write their own state and nothing else. Redress writes what a service desk needs as
well: task rows, variables, permission checks, history with its digests.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from benchmarks import complaint, micro
from benchmarks.measure import Cost, Prepare, Round, interleaved
from benchmarks.peers.spiff import Spiff, plain
from benchmarks.report import Chart, Section, Verdict
from engine.bootstrap import Application, build
from engine.bpmn import Execution
from engine.clock import ManualClock
from engine.domain.identity import Actor, Role
from engine.persistence.schema import process_instance, user_task
from engine.resources import shipped_models
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.node import node, workbench

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROOT_ACTOR = Actor(username="root", groups=frozenset({Role.ADMINISTRATOR}))
PEERS = Path(__file__).parent / "peers"
MODE = "NORMAL"
STATE_TARGET = 2_048
SHARE_TARGET = 1 / 3
_HOUR = timedelta(hours=1)


def measure(folder: Path, *, quick: bool) -> list[Section]:
    """Let the engines take turns; return the comparison and the complaint's cost."""
    instances, repeat = (2, 2) if quick else (20, 5)
    with ExitStack() as stack:
        app = application(stack, folder / "engines.db")
        deploy(app)
        spiff = Spiff(
            folder / "spiff.db",
            micro.diagrams(lambda limit: f"n < {limit}", '"PT0S"')
            | {"complaint": plain(shipped_models()["complaint.bpmn"])},
            synchronous=MODE,
        )
        contestants: dict[str, Prepare] = {}
        for each in micro.MICROS:
            contestants[f"Redress {each.name}"] = (
                _prepared(_redress(app, each), instances)
                if each.completions
                else _timers(stack, folder, each, instances)
            )
            contestants[f"Spiff {each.name}"] = _prepared(_spiff(spiff, each), instances)
        contestants["Redress complaint"] = _complaint(app, instances)
        contestants["Spiff complaint"] = _complaint_of(spiff, instances)
        costs = interleaved(contestants, repeat=repeat)
        engine_ms = _engine_ms(app, instances)
        node_costs = _bpmn_engine(folder, instances * repeat)
        state = _state_bytes(app)
        stock = spiff.size(_last_complaint(spiff))
    return [_small(costs, node_costs), _large(costs, engine_ms, state, stock)]


def application(stack: ExitStack, file: Path, clock: ManualClock | None = None) -> Application:
    """Return a Redress on SQLite, in the mode in which the engines are compared."""
    settings = Settings(
        database_url=f"sqlite:///{file}",
        sqlite_synchronous=MODE,
        document_folder=file.parent / "documents",
        demo=True,
    )
    app = build(settings, clock=SwitchableClock(clock or ManualClock(MONDAY)))
    stack.callback(app.stop)
    return app


def deploy(app: Application) -> None:
    """Deploy the small processes and what is shipped."""
    _deploy_micros(app)
    complaint.prepare(app)


def _deploy_micros(app: Application) -> None:
    files = micro.diagrams(lambda limit: f"=n < {limit}", "PT1H")
    app.deployments.deploy(ROOT_ACTOR, {f"{name}.bpmn": f for name, f in files.items()})


def _prepared(live: Callable[[], None], instances: int) -> Prepare:
    def one_round() -> int:
        for _ in range(instances):
            live()
        return instances

    return lambda: one_round


def _timers(stack: ExitStack, folder: Path, each: micro.Micro, instances: int) -> Prepare:
    """Let timers fall due and fire as in use; no deadline of a complaint is among them."""
    clock = ManualClock(MONDAY)
    app = application(stack, folder / "timers.db", clock)
    _deploy_micros(app)

    def one_round() -> int:
        for _ in range(instances):
            app.instances.create(ROOT_ACTOR, process_id=each.name, variables={})
        clock.advance(_HOUR)
        app.background.run_until_idle()
        return instances

    return lambda: one_round


def _redress(app: Application, each: micro.Micro) -> Callable[[], None]:
    def live() -> None:
        key = app.instances.create(ROOT_ACTOR, process_id=each.name, variables={"n": 0}).key
        for n in range(1, each.completions + 1):
            app.user_tasks.complete(ROOT_ACTOR, _open_task(app, key), {"n": n})

    return live


def _open_task(app: Application, instance_key: int) -> int:
    statement = (
        select(user_task.c.key)
        .where(user_task.c.process_instance_key == instance_key, user_task.c.state == "CREATED")
        .order_by(user_task.c.key)
        .limit(1)
    )
    with app.database.read() as connection:
        return int(connection.execute(statement).scalar_one())


def _spiff(spiff: Spiff, each: micro.Micro) -> Callable[[], None]:
    def live() -> None:
        key = spiff.start(each.name)
        for n in range(1, max(each.completions, 1) + 1):
            done = spiff.complete(key, {"n": n})
        if not done:
            raise AssertionError(f"{each.name} did not end")

    return live


def _complaint(app: Application, instances: int) -> Prepare:
    def prepare() -> Round:
        opened = [complaint.open_complaint(app) for _ in range(instances)]
        element_id, entered = complaint.COMPLETIONS[0]
        tasks = [complaint.task_of(app, key, element_id) for key in opened]

        def submit_all() -> int:
            for task in tasks:
                app.user_tasks.complete(complaint.AGENT, task, entered)
            return len(tasks)

        return submit_all

    return prepare


def _complaint_of(spiff: Spiff, instances: int) -> Prepare:
    def prepare() -> Round:
        opened = [spiff.start("complaint") for _ in range(instances)]

        def complete_all() -> int:
            for key in opened:
                spiff.complete(key, {})
            return len(opened)

        return complete_all

    return prepare


def _last_complaint(spiff: Spiff) -> int:
    key = spiff.start("complaint")
    spiff.complete(key, {})
    return key


def _engine_ms(app: Application, instances: int) -> float:
    """Return the CPU milliseconds that the engine itself takes of one form, without any row."""
    taken = 0.0

    def timed(method: Callable[..., object]) -> Callable[..., object]:
        def measured(*given: object, **named: object) -> object:
            nonlocal taken
            began = time.thread_time()
            try:
                return method(*given, **named)
            finally:
                taken += time.thread_time() - began

        return measured

    submit_all = _complaint(app, instances)()
    with ExitStack() as stack:
        for name in ("complete", "snapshot"):
            whole = getattr(Execution, name)
            setattr(Execution, name, timed(whole))
            stack.callback(setattr, Execution, name, whole)
        done = submit_all()
    return taken * 1000 / done


def _state_bytes(app: Application) -> int:
    statement = (
        select(process_instance.c.state_blob)
        .where(process_instance.c.process_id == "complaint")
        .order_by(process_instance.c.key)
        .limit(1)
    )
    with app.database.read() as connection:
        return len(connection.execute(statement).scalar_one())


def _bpmn_engine(folder: Path, instances: int) -> dict[str, Cost]:
    place = workbench(PEERS, "benchmark-peers")
    files = micro.diagrams(lambda limit: f"${{environment.variables.below{limit}}}", "PT0S")
    asked = {
        "diagrams": {name: content.decode() for name, content in files.items()},
        "file": str(folder / "bpmn-engine.db"),
        "synchronous": MODE,
        "instances": instances,
    }
    found = json.loads(node(["bpmn_engine.mjs"], place, stdin=json.dumps(asked)))
    for each in micro.MICROS:
        if found[each.name]["completions"] != each.completions:
            raise AssertionError(f"bpmn-engine did not run {each.name} as it is drawn")
    return {name: Cost(wall=cost["wall"], cpu=cost["cpu"]) for name, cost in found.items()}


def _small(costs: Mapping[str, Cost], node_costs: Mapping[str, Cost]) -> Section:
    rows = []
    for each in micro.MICROS:
        ours, spiffs = costs[f"Redress {each.name}"], costs[f"Spiff {each.name}"]
        nodes = node_costs[each.name]
        rows.append(
            (
                each.name.replace("_", " "),
                ours.cpu * 1000,
                spiffs.cpu * 1000,
                nodes.cpu * 1000,
                spiffs.cpu / ours.cpu,
                nodes.cpu / ours.cpu,
            )
        )
    three = "three_user_tasks"
    return Section(
        title="Small processes, from start to end",
        text="CPU milliseconds of one instance, SQLite NORMAL, a commit at every wait state. "
        "SpiffWorkflow with its own serializer and npm bpmn-engine with its own state are read "
        "back before each completion, as in a server; they write their state alone. The last two "
        "columns say how many times as much CPU they take.",
        head=("process", "Redress", "SpiffWorkflow", "bpmn-engine", "Spiff ×", "bpmn-engine ×"),
        rows=rows,
        charts=[
            Chart(
                name="engines",
                title="Three user tasks: CPU milliseconds of one instance",
                bars=[
                    ("Redress", costs[f"Redress {three}"].cpu * 1000),
                    ("SpiffWorkflow", costs[f"Spiff {three}"].cpu * 1000),
                    ("npm bpmn-engine", node_costs[three].cpu * 1000),
                ],
            )
        ],
    )


def _large(costs: Mapping[str, Cost], engine_ms: float, state: int, stock: int) -> Section:
    ours, spiffs = costs["Redress complaint"].cpu * 1000, costs["Spiff complaint"].cpu * 1000
    with_rows = spiffs + ours - engine_ms
    share = ours / with_rows
    return Section(
        title="One form of the complaint, in process",
        text="The first form of the shipped complaint (with its decision, its history and all "
        "rows), against SpiffWorkflow on the same diagram with every step made a user task. The "
        "third line adds to SpiffWorkflow what Redress spends on its rows: all of the form but "
        "the engine's own part.",
        head=("", "CPU ms", "state, bytes"),
        rows=[
            ("Redress", ours, state),
            ("of it the engine", engine_ms, ""),
            ("SpiffWorkflow, its serializer, with the same rows", with_rows, stock),
            ("SpiffWorkflow, its serializer, its state alone", spiffs, stock),
        ],
        verdicts=[
            Verdict(
                what="persisted completion, CPU, against stock Spiff with the same rows",
                target="≤ 1/3",
                measured=f"{share:.0%}",
                is_met=share <= SHARE_TARGET,
            ),
            Verdict(
                what="state of a mid-way complaint",
                target="≤ 2 KB",
                measured=f"{state} bytes",
                is_met=state <= STATE_TARGET,
            ),
        ],
    )
