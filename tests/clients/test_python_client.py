"""Does Camunda's own Python client, unchanged and with its strict models, drive Redress?"""

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from camunda_orchestration_sdk import CamundaClient, models
from camunda_orchestration_sdk.errors import (
    BadRequestError,
    ConflictError,
    NotFoundError,
    UnauthorizedError,
)
from camunda_orchestration_sdk.semantic_types import (
    DecisionDefinitionId,
    ProcessDefinitionId,
)
from camunda_orchestration_sdk.types import File

from tests.clients.server import CLIENT_ID, CLIENT_SECRET, PASSWORD
from tests.server import Server

FILES = Path(__file__).parents[1] / "api" / "v2" / "files"
numbers = itertools.count(1)

Connect = Callable[..., CamundaClient]


def configuration(server: Server, **values: str) -> dict[str, str]:
    return {
        "CAMUNDA_REST_ADDRESS": server.url,
        "CAMUNDA_TOKEN_DISK_CACHE_DISABLE": "true",
        "CAMUNDA_SDK_LOG_LEVEL": "silent",
    } | values


@pytest.fixture(scope="module")
def connect(server: Server) -> Iterator[Connect]:
    """Makes clients for people, by HTTP Basic; they are closed at the end."""
    made: list[CamundaClient] = []

    def by(username: str, password: str = PASSWORD) -> CamundaClient:
        client = CamundaClient(
            configuration=configuration(
                server,
                CAMUNDA_AUTH_STRATEGY="BASIC",
                CAMUNDA_BASIC_AUTH_USERNAME=username,
                CAMUNDA_BASIC_AUTH_PASSWORD=password,
            )
        )
        made.append(client)
        return client

    yield by
    for client in made:
        client.close()


@pytest.fixture(scope="module")
def demo(server: Server) -> Iterator[CamundaClient]:
    """The administrator's program, by OAuth 2 client credentials; everything is deployed."""
    client = CamundaClient(
        configuration=configuration(
            server,
            CAMUNDA_AUTH_STRATEGY="OAUTH",
            CAMUNDA_OAUTH_URL=f"{server.url}/oauth/token",
            CAMUNDA_CLIENT_ID=CLIENT_ID,
            CAMUNDA_CLIENT_SECRET=CLIENT_SECRET,
            CAMUNDA_TOKEN_AUDIENCE="redress",
        )
    )
    deploy(client)
    yield client
    client.close()


@pytest.fixture(scope="module")
def alice(connect: Connect, demo: CamundaClient) -> CamundaClient:
    """An agent."""
    return connect("alice")


def deploy(client: CamundaClient) -> object:
    names = ("order.bpmn", "priority.dmn", "order_request.form", "approval.form")
    return client.deploy_resources_from_files([FILES / name for name in names])


def start(client: CamundaClient, **variables: object) -> models.CreateProcessInstanceResult:
    given = {"order_id": f"py-{next(numbers)}", "amount": 20} | variables
    return client.create_process_instance(
        data=models.ProcessCreationById(
            process_definition_id=ProcessDefinitionId("order"),
            variables=models.ProcessInstanceCreationInstructionBaseVariables.from_dict(given),
            tags=["vip", "channel:online"],
            business_id=str(given["order_id"]),
        )
    )


def open_task(client: CamundaClient, instance_key: str) -> models.UserTaskResult:
    found = client.search_user_tasks(
        data=models.UserTaskSearchQuery.from_dict(
            {"filter": {"processInstanceKey": instance_key, "state": {"$eq": "CREATED"}}}
        )
    )
    assert found.page.total_items == 1
    return found.items[0]


def complete(client: CamundaClient, task_key: str, **variables: object) -> None:
    client.complete_user_task(
        task_key, data=models.UserTaskCompletionRequest.from_dict({"variables": variables})
    )


def take_job(client: CamundaClient, instance_key: str) -> models.ActivatedJobResult:
    """Take all payment jobs that there are, and return that of the instance."""
    taken = client.activate_jobs(
        data=models.JobActivationRequest(
            type_="pay",
            timeout=60_000,
            max_jobs_to_activate=100,
            worker="python",
            request_timeout=5_000,
        )
    )
    return next(job for job in taken.jobs if job.process_instance_key == instance_key)


def at_payment(alice: CamundaClient) -> models.CreateProcessInstanceResult:
    created = start(alice)
    complete(alice, open_task(alice, created.process_instance_key).user_task_key, approved=True)
    return created


def test_a_deployment_names_everything_that_it_put_in(demo: CamundaClient) -> None:
    deployed = deploy(demo)

    assert [p.process_definition_id for p in deployed.processes] == ["order"]
    assert {d.decision_definition_id for d in deployed.decisions} == {"priority", "is_large"}
    assert [d.decision_requirements_id for d in deployed.decision_requirements] == ["priority_file"]
    assert {f.form_id for f in deployed.forms} == {"approval", "order_request"}


def test_a_process_instance_starts_and_is_found_by_key_id_tag_and_variable(
    alice: CamundaClient,
) -> None:
    created = start(alice, colour="blue")

    by_key = alice.get_process_instance(created.process_instance_key)
    found = alice.search_process_instances(
        data=models.ProcessInstanceSearchQuery.from_dict(
            {
                "filter": {
                    "processDefinitionId": "order",
                    "tags": ["vip"],
                    "variables": [{"name": "colour", "value": '"blue"'}],
                },
                "sort": [{"field": "startDate", "order": "DESC"}],
                "page": {"limit": 5},
            }
        )
    )

    assert by_key.business_id == created.business_id
    assert [i.process_instance_key for i in found.items] == [created.process_instance_key]


def test_a_person_claims_and_completes_a_task(alice: CamundaClient) -> None:
    created = start(alice)
    task = open_task(alice, created.process_instance_key)

    alice.assign_user_task(
        task.user_task_key,
        data=models.UserTaskAssignmentRequest(assignee="alice", allow_override=False),
    )
    assert alice.get_user_task(task.user_task_key).assignee == "alice"
    complete(alice, task.user_task_key, approved=True)

    assert alice.get_user_task(task.user_task_key).state.value == "COMPLETED"


def test_the_second_of_two_claims_is_a_conflict(alice: CamundaClient, connect: Connect) -> None:
    task = open_task(alice, start(alice).process_instance_key)
    claim = models.UserTaskAssignmentRequest
    alice.assign_user_task(task.user_task_key, data=claim(assignee="alice", allow_override=False))

    with pytest.raises(ConflictError):
        connect("adam").assign_user_task(
            task.user_task_key, data=claim(assignee="adam", allow_override=False)
        )


def test_a_task_is_given_back_and_updated(alice: CamundaClient, demo: CamundaClient) -> None:
    key = open_task(alice, start(alice).process_instance_key).user_task_key
    alice.assign_user_task(key, data=models.UserTaskAssignmentRequest(assignee="alice"))

    alice.unassign_user_task(key)
    demo.update_user_task(
        key, data=models.UserTaskUpdateRequest.from_dict({"changeset": {"priority": 90}})
    )

    task = alice.get_user_task(key)
    assert (task.assignee, task.priority) == (None, 90)


def test_the_form_of_a_task_is_the_deployed_one(alice: CamundaClient) -> None:
    task = open_task(alice, start(alice).process_instance_key)

    form = alice.get_user_task_form(task.user_task_key)

    assert json.loads(form.schema) == json.loads((FILES / "approval.form").read_text())


def test_the_variables_of_a_task_are_found(alice: CamundaClient) -> None:
    task = open_task(alice, start(alice, amount=30).process_instance_key)

    found = alice.search_user_task_variables(task.user_task_key)

    values = {v.name: v.value for v in found.items}
    assert values["amount_to_approve"] == "30"
    assert values["level"] == '"normal"'


def test_a_job_is_taken_and_completed_and_a_message_ends_the_instance(
    alice: CamundaClient, demo: CamundaClient
) -> None:
    created = at_payment(alice)
    job = take_job(demo, created.process_instance_key)
    assert job.custom_headers.to_dict() == {"bank": "first"}

    demo.complete_job(
        job.job_key, data=models.JobCompletionRequest.from_dict({"variables": {"paid": True}})
    )
    alice.publish_message(
        data=models.MessagePublicationRequest.from_dict(
            {
                "name": "parcel_received",
                "correlationKey": created.business_id,
                "timeToLive": 60_000,
            }
        )
    )

    ended = alice.get_process_instance(created.process_instance_key)
    assert ended.state.value == "COMPLETED"


def test_a_message_is_correlated_with_who_waits_for_it(
    alice: CamundaClient, demo: CamundaClient
) -> None:
    created = at_payment(alice)
    demo.complete_job(take_job(demo, created.process_instance_key).job_key)
    waiting = alice.search_message_subscriptions(
        data=models.MessageSubscriptionSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key}}
        )
    )

    delivered = alice.correlate_message(
        data=models.MessageCorrelationRequest.from_dict(
            {"name": "parcel_received", "correlationKey": created.business_id}
        )
    )

    assert [s.message_name for s in waiting.items] == ["parcel_received"]
    assert delivered.process_instance_key == created.process_instance_key


def test_a_signal_is_broadcast(alice: CamundaClient) -> None:
    sent = alice.broadcast_signal(
        data=models.SignalBroadcastRequest.from_dict(
            {"signalName": "recall", "variables": {"lot": 7}}
        )
    )

    assert int(sent.signal_key) > 0
    assert sent.tenant_id == "<default>"


def test_a_job_without_retries_is_an_incident_that_can_be_resolved(
    alice: CamundaClient, demo: CamundaClient
) -> None:
    created = at_payment(alice)
    job = take_job(demo, created.process_instance_key)
    demo.fail_job(
        job.job_key,
        data=models.JobFailRequest.from_dict({"retries": 0, "errorMessage": "bank closed"}),
    )

    found = demo.search_incidents(
        data=models.IncidentSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key}}
        )
    )
    incident = demo.get_incident(found.items[0].incident_key)
    demo.update_job(
        job.job_key, data=models.JobUpdateRequest.from_dict({"changeset": {"retries": 1}})
    )
    demo.resolve_incident(incident.incident_key)

    assert incident.error_message == "bank closed"
    again = take_job(demo, created.process_instance_key)
    assert again.job_key == job.job_key
    demo.complete_job(again.job_key)


def test_a_bpmn_error_of_a_job_takes_its_boundary_event(
    alice: CamundaClient, demo: CamundaClient
) -> None:
    created = at_payment(alice)

    demo.throw_job_error(
        take_job(demo, created.process_instance_key).job_key,
        data=models.JobErrorRequest.from_dict({"errorCode": "rejected"}),
    )

    elements = alice.search_element_instances(
        data=models.ElementInstanceSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key}}
        )
    )
    assert "rejected" in {e.element_id for e in elements.items}


def test_jobs_are_found_by_their_instance_with_their_state(
    alice: CamundaClient, demo: CamundaClient
) -> None:
    created = at_payment(alice)
    jobs = demo.search_jobs(
        data=models.JobSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key}}
        )
    )
    assert [j.state.value for j in jobs.items] == ["CREATED"]

    demo.complete_job(take_job(demo, created.process_instance_key).job_key)

    jobs = demo.search_jobs(
        data=models.JobSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key}}
        )
    )
    assert [j.state.value for j in jobs.items] == ["COMPLETED"]


def test_a_waiting_worker_is_served_when_a_job_comes(
    alice: CamundaClient, connect: Connect
) -> None:
    worker = connect("demo")
    taken: list[models.ActivatedJobResult] = []
    created = start(alice)
    task = open_task(alice, created.process_instance_key)

    waiting = threading.Thread(
        target=lambda: taken.append(take_job(worker, created.process_instance_key))
    )
    waiting.start()
    complete(alice, task.user_task_key, approved=True)
    waiting.join(10)

    assert [job.process_instance_key for job in taken] == [created.process_instance_key]
    worker.complete_job(taken[0].job_key)


def test_variables_are_set_read_and_searched(alice: CamundaClient, demo: CamundaClient) -> None:
    created = start(alice)
    demo.create_element_instance_variables(
        created.process_instance_key,
        data=models.SetVariableRequest.from_dict({"variables": {"note": "x" * 10_000}}),
    )

    found = alice.search_variables(
        data=models.VariableSearchQuery.from_dict(
            {"filter": {"processInstanceKey": created.process_instance_key, "name": "note"}}
        )
    )
    whole = alice.get_variable(found.items[0].variable_key)

    assert found.items[0].is_truncated
    assert json.loads(whole.value) == "x" * 10_000


def test_a_decision_is_evaluated_with_its_reasons(alice: CamundaClient) -> None:
    evaluated = alice.evaluate_decision(
        data=models.DecisionEvaluationByID.from_dict(
            {"decisionDefinitionId": "priority", "variables": {"amount": 5_000}}
        )
    )

    instance = alice.get_decision_instance(
        evaluated.evaluated_decisions[-1].decision_evaluation_instance_key
    )
    assert evaluated.output == '"high"'
    assert [r.rule_id for r in instance.matched_rules] == ["large_rule"]


def test_models_are_found_and_read_back(alice: CamundaClient) -> None:
    process = alice.search_process_definitions(
        data=models.ProcessDefinitionSearchQuery.from_dict({"filter": {"isLatestVersion": True}})
    ).items[0]
    decision = alice.search_decision_definitions(
        data=models.DecisionDefinitionSearchQuery.from_dict(
            {"filter": {"decisionDefinitionId": DecisionDefinitionId("priority")}}
        )
    ).items[0]
    requirements = alice.get_decision_requirements(decision.decision_requirements_key)
    form = alice.get_start_process_form(process.process_definition_key)

    bpmn = alice.get_process_definition_xml(process.process_definition_key)
    dmn = alice.get_decision_requirements_xml(requirements.decision_requirements_key)

    assert bpmn == (FILES / "order.bpmn").read_text()
    assert dmn == (FILES / "priority.dmn").read_text()
    assert alice.get_form_by_key(form.form_key).form_id == "order_request"
    assert alice.get_resource(form.form_key).resource_name == "order_request.form"


def test_a_document_goes_up_and_comes_down(alice: CamundaClient) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64

    stored = alice.create_document(
        data=models.CreateDocumentData(
            file=File(payload=BytesIO(png), file_name="photo.png", mime_type="image/png"),
            metadata=models.DocumentMetadata.from_dict(
                {"fileName": "damage.png", "customProperties": {"room": "kitchen"}}
            ),
        )
    )
    content = alice.get_document(stored.document_id, content_hash=stored.content_hash)
    alice.delete_document(stored.document_id)

    assert (stored.metadata.file_name, stored.metadata.content_type) == (
        "damage.png",
        "image/png",
    )
    assert content.payload.read() == png
    with pytest.raises(NotFoundError):
        alice.get_document(stored.document_id)


def test_an_instance_is_cancelled(alice: CamundaClient, demo: CamundaClient) -> None:
    created = start(alice)

    demo.cancel_process_instance(created.process_instance_key, data=None)  # it has no default

    cancelled = alice.get_process_instance(created.process_instance_key)
    assert cancelled.state.value == "TERMINATED"


def test_pages_follow_each_other_by_cursor(alice: CamundaClient) -> None:
    keys = {start(alice).process_instance_key for _ in range(3)}
    query = {"filter": {"processInstanceKey": {"$in": sorted(keys)}}}
    seen: list[str] = []
    page: dict[str, object] = {"limit": 2}
    while True:
        found = alice.search_process_instances(
            data=models.ProcessInstanceSearchQuery.from_dict(query | {"page": page})
        )
        seen += [i.process_instance_key for i in found.items]
        if not found.items:
            break
        page = {"limit": 2, "after": found.page.end_cursor}

    assert seen == sorted(keys)


def test_the_server_describes_itself(alice: CamundaClient) -> None:
    assert alice.get_topology().gateway_version == "8.9.0"
    assert alice.get_license().valid_license
    assert alice.get_status() is None
    me = alice.get_authentication()
    assert (me.username, me.roles) == ("alice", ["agent"])


def test_a_wrong_password_is_refused(connect: Connect, demo: CamundaClient) -> None:
    with pytest.raises(UnauthorizedError):
        connect("alice", "wrong").search_user_tasks()


def test_a_bad_request_is_the_client_s_bad_request(alice: CamundaClient) -> None:
    with pytest.raises(BadRequestError) as raised:
        alice.search_user_tasks(data=models.UserTaskSearchQuery.from_dict({"page": {"limit": 0}}))

    assert raised.value.parsed.title


def test_a_key_of_nothing_is_not_found(alice: CamundaClient) -> None:
    with pytest.raises(NotFoundError):
        alice.get_user_task("1")
