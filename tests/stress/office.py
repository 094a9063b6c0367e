"""An office where many things may happen to a case at once, for random stress.

Every wait of the engine is in it: a task with reminders and a deadline, a job, a message, a
signal, a called process, a join.
"""

from engine.bootstrap import Application
from tests.bpmn.build import Diagram, caught, setting, timer
from tests.services.conftest import OLIVIA

AGENTS = setting("assignmentDefinition", candidateGroups="agent")
JOB_TYPES = ("pay", "check")


def office(version: int) -> Diagram:
    """Return the process; versions differ by a name."""
    diagram = Diagram("office").message("paid", key="=number").signal("closing")
    diagram.start().parallel("fork").parallel("join")
    diagram.user("archive", settings=AGENTS, name=f"Archive {version}").end()
    diagram.flow("start", "fork").chain("join", "archive", "end")
    diagram.user("answer", settings=AGENTS).user("escalate").exclusive("answered")
    diagram.boundary("remind", "answer", timer("Cycle", "R3/PT30M"), interrupting=False)
    diagram.end("reminded").flow("remind", "reminded")
    diagram.boundary("late", "answer", timer("Duration", "PT3H")).chain("late", "escalate")
    diagram.chain("fork", "answer", "answered", "join").flow("escalate", "answered")
    diagram.job("pay", type="pay").chain("fork", "pay", "join")
    diagram.call("ask", process="inner").exclusive("asked").user("give_up")
    diagram.boundary("asked_in_vain", "ask", timer("Duration", "PT4H"))
    diagram.chain("fork", "ask", "asked", "join").chain("asked_in_vain", "give_up", "asked")
    diagram.add("receiveTask", "wait", messageRef="message_paid").exclusive("waited")
    diagram.boundary("waited_in_vain", "wait", timer("Duration", "PT2H"))
    diagram.chain("fork", "wait", "waited", "join").flow("waited_in_vain", "waited")
    diagram.add("intermediateCatchEvent", "hear", caught("signal", "closing"))
    diagram.chain("fork", "hear", "join")
    return diagram


def inner() -> Diagram:
    """Return the process that it calls."""
    diagram = Diagram("inner")
    diagram.start().user("tell", settings=AGENTS).job("check", type="check").end()
    diagram.chain("start", "tell", "check", "end")
    diagram.boundary("forgotten", "tell", timer("Duration", "PT1H"), interrupting=False)
    diagram.user("tell_again").flow("forgotten", "tell_again")
    return diagram


def deploy(app: Application, version: int) -> None:
    """Deploy a version of the office with what it calls."""
    files = {"office.bpmn": office(version).xml(), "inner.bpmn": inner().xml()}
    app.deployments.deploy(OLIVIA, files)
