"""What grows: rounds of a loop, instances that are open, tasks that wait, history.

Whatever a desk has lived through must not make the next step slower. Rows are copied in by the
database itself, so that a hundred thousand of them are there in seconds.
"""

import time
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Table, text

from benchmarks import complaint
from benchmarks.engines import ROOT_ACTOR, application, deploy
from benchmarks.report import Section, Verdict
from benchmarks.statements import traced
from engine.bootstrap import Application
from engine.domain.search import Condition, Operator, PageRequest, Search, SortBy
from engine.persistence.schema import user_task, user_task_candidate
from tests.bpmn.build import Diagram

FLAT = 1.2
WORK_LIST = 1.5
_FAR = 1 << 52
_SHIFTED = {"key", "user_task_key", "process_instance_key", "element_instance_key"}
_PAGES = 60


def measure(folder: Path, *, quick: bool) -> list[Section]:
    """Return the table of everything that grows."""
    rounds, tasks = (500, 2_000) if quick else (10_000, 100_000)
    with ExitStack() as stack:
        app = application(stack, folder / "growth.db")
        deploy(app)
        loop = _loop(app, rounds)
        lists = _work_lists(app, tasks)
        sweep = _statements_of_a_sweep(app)
    ratio = loop[1] / loop[0]
    grown = lists[1] / lists[0]
    return [
        Section(
            title="What grows",
            text="CPU or wall milliseconds of the same work when much more is there.",
            head=("what", "small", "large", "ratio"),
            rows=[
                (f"one round of a loop: 100 rounds, {rounds} rounds", *loop, ratio),
                (f"first page of the work list, p95: 1 000 open tasks, {tasks}", *lists, grown),
                (f"statements of a sweep with {tasks} open tasks", "", float(sweep), ""),
            ],
            verdicts=[
                Verdict(
                    what=f"a round of a loop, {rounds} against 100 rounds",
                    target="≤ 1.2 ×",
                    measured=f"{ratio:.2f} ×",
                    is_met=ratio <= FLAT,
                ),
                Verdict(
                    what=f"work list with {tasks} open tasks against 1 000, p95",
                    target="≤ 1.5 ×",
                    measured=f"{grown:.2f} ×",
                    is_met=grown <= WORK_LIST,
                ),
                Verdict(
                    what="statements of an idle sweep",
                    target="≤ 1",
                    measured=str(sweep),
                    is_met=sweep <= 1,
                ),
            ],
        )
    ]


def _loop(app: Application, rounds: int) -> tuple[float, float]:
    """Return the milliseconds of one round in a short and in a long loop."""
    diagram = Diagram("going_round")
    diagram.start().script("count", "=n + 1", "n").exclusive("again", default="enough").end()
    diagram.exclusive("merge").chain("start", "merge", "count", "again")
    diagram.flow("again", "merge", "=n < limit").flow("again", "end", flow_id="enough")
    app.deployments.deploy(ROOT_ACTOR, {"going_round.bpmn": diagram.xml()})

    def run(limit: int) -> float:
        began = time.process_time()
        app.instances.create(
            ROOT_ACTOR, process_id="going_round", variables={"n": 0, "limit": limit}
        )
        return (time.process_time() - began) * 1000 / limit

    run(100)
    return min(run(100) for _ in range(5)), min(run(rounds) for _ in range(2))


def _work_lists(app: Application, tasks: int) -> tuple[float, float]:
    """Return the milliseconds, p95, of an agent's first page with 1 000 tasks and with *tasks*."""
    complaint.open_complaint(app)
    _copy_tasks(app, 0, 999)
    small = _page(app)
    _copy_tasks(app, 1_000, tasks - 1)
    with app.database.write() as connection:
        connection.execute(text("analyze"))
    return small, _page(app)


def _copy_tasks(app: Application, first: int, last: int) -> None:
    """Copy the one task that is there, with its candidates, under keys far away."""
    with app.database.write() as connection:
        for table in (user_task, user_task_candidate):
            connection.execute(
                text(_copy(table)), {"first": _FAR + first, "last": _FAR + last, "far": _FAR}
            )


def _copy(table: Table) -> str:
    names = [f'"{column.name}"' for column in table.columns]
    values = [_copied(column.name) for column in table.columns]
    key = "key" if table is user_task else "user_task_key"
    return (
        f"with recursive numbers(n) as (select :first union all select n + 1 from numbers"
        f" where n < :last) insert into {table.name} ({', '.join(names)})"
        f' select {", ".join(values)} from {table.name}, numbers where "{key}" < :far'
    )


def _copied(name: str) -> str:
    if name in _SHIFTED:
        return f'"{name}" + n'
    if name == "due_date":  # a minute apart
        return "strftime('%Y-%m-%d %H:%M:%f000', due_date, (n - :far) || ' minutes')"
    return f'"{name}"'


def _page(app: Application) -> float:
    asked = Search(
        conditions=[Condition(field="state", operator=Operator.EQ, value="CREATED")],
        sort=[SortBy(field="due_date")],
        page=PageRequest(limit=50),
    )
    seen = []
    for _ in range(_PAGES):
        began = time.perf_counter()
        app.queries.user_tasks.tasks.search(complaint.AGENT, asked)
        seen.append((time.perf_counter() - began) * 1000)
    return quantiles(seen, n=20)[-1]


def _statements_of_a_sweep(app: Application) -> int:
    app.background.run_until_idle()
    with traced(app.database) as traffic:
        app.background._run_due()
    return sum(
        not s.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK")) for s in traffic.statements
    )
