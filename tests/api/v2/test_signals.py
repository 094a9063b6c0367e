"""How does a signal reach those who wait for it, over the API?"""

from io import BytesIO

from tests.api.v2.conftest import Api
from tests.bpmn.build import Diagram, caught

RECALL = caught("signal", "recall")


def waits() -> Diagram:
    diagram = Diagram("recalled").signal("recall").start().user("inspect").end()
    diagram.add("intermediateCatchEvent", "wait", RECALL)
    return diagram.chain("start", "wait", "inspect", "end")


def starts() -> Diagram:
    diagram = Diagram("checked").signal("recall").start("start", RECALL).user("check").end()
    return diagram.chain("start", "check", "end")


def deploy(api: Api, *diagrams: Diagram) -> None:
    files = [(BytesIO(diagram.xml()), f"{diagram.process_id}.bpmn") for diagram in diagrams]
    assert api.upload("/deployments", {"resources": files}, by="olivia").status_code == 200


def test_a_broadcast_reaches_an_instance_and_starts_a_process(api: Api) -> None:
    deploy(api, waits(), starts())
    instance = api.ok("POST", "/process-instances", {"processDefinitionId": "recalled"})

    answer = api.ok("POST", "/signals/broadcast", {"signalName": "recall", "variables": {"lot": 7}})
    api.application.background.run_until_idle()

    assert sorted(answer) == ["signalKey", "tenantId"]
    tasks = api.search("user-tasks", {"filter": {"state": "CREATED"}}, by="root")
    assert {"check", "inspect"} <= {task["elementId"] for task in tasks}
    variables = api.search(
        "variables", {"filter": {"scopeKey": instance["processInstanceKey"]}}, by="root"
    )
    assert [(v["name"], v["value"]) for v in variables] == [("lot", "7")]


def test_a_signal_needs_a_name(api: Api) -> None:
    assert api.call("POST", "/signals/broadcast", {"variables": {}}).status_code == 400


def test_whoever_may_not_start_processes_may_not_broadcast(api: Api) -> None:
    answer = api.call("POST", "/signals/broadcast", {"signalName": "recall"}, by="carl")

    assert answer.status_code == 403
