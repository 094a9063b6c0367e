"""Who may do what?"""

from dataclasses import dataclass

import pytest

from engine.domain.identity import ENGINE, Actor, Role
from engine.services import permissions


@dataclass(frozen=True, kw_only=True)
class Task:
    """A user task as the rules see it."""

    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A process instance as the rules see it."""

    started_by: str = "somebody"


def member_of(*groups: str, username: str = "ann") -> Actor:
    return Actor(username=username, groups=frozenset(groups))


ANN = member_of()
AGENT = member_of(Role.AGENT)
SUPERVISOR = member_of(Role.SUPERVISOR)
WAREHOUSE = member_of(Role.WAREHOUSE)
FINANCE = member_of(Role.FINANCE)
OWNER = member_of(Role.PROCESS_OWNER)
AUDITOR = member_of(Role.AUDITOR)
OPERATOR = member_of(Role.OPERATOR)
ADMINISTRATOR = member_of(Role.ADMINISTRATOR)

OPEN_FOR_AGENTS = Task(candidate_groups=("agent",))
TAKEN_BY_BOB = Task(candidate_groups=("agent",), assignee="bob")
OPEN_FOR_FINANCE = Task(candidate_groups=("finance",))


@pytest.mark.parametrize(
    ("actor", "task", "may"),
    [
        pytest.param(ANN, Task(assignee="ann"), True, id="the-assignee"),
        pytest.param(ANN, Task(candidate_users=("ann",)), True, id="a-candidate-by-name"),
        pytest.param(AGENT, OPEN_FOR_AGENTS, True, id="a-candidate-by-group"),
        pytest.param(ANN, OPEN_FOR_AGENTS, False, id="not-a-stranger"),
        pytest.param(AGENT, TAKEN_BY_BOB, False, id="not-what-a-colleague-has-taken"),
        pytest.param(SUPERVISOR, TAKEN_BY_BOB, True, id="a-supervisor-steps-in"),
        pytest.param(SUPERVISOR, Task(assignee="bob"), True, id="also-where-no-group-is-named"),
        pytest.param(SUPERVISOR, OPEN_FOR_FINANCE, False, id="but-not-in-another-department"),
        pytest.param(OPERATOR, OPEN_FOR_AGENTS, False, id="not-an-operator"),
        pytest.param(AUDITOR, OPEN_FOR_AGENTS, False, id="not-an-auditor"),
        pytest.param(ADMINISTRATOR, OPEN_FOR_FINANCE, True, id="an-administrator-everywhere"),
        pytest.param(ENGINE, TAKEN_BY_BOB, True, id="the-engine-itself"),
    ],
)
def test_who_may_work_on_a_task(actor: Actor, task: Task, may: bool) -> None:
    assert permissions.may_work_on(actor, task) is may


@pytest.mark.parametrize(
    ("actor", "task", "assignee", "may"),
    [
        pytest.param(AGENT, OPEN_FOR_AGENTS, "ann", True, id="a-candidate-claims"),
        pytest.param(AGENT, TAKEN_BY_BOB, "ann", True, id="a-candidate-takes-over-on-record"),
        pytest.param(AGENT, OPEN_FOR_AGENTS, "bob", False, id="but-gives-it-to-nobody-else"),
        pytest.param(ANN, OPEN_FOR_AGENTS, "ann", False, id="a-stranger-claims-nothing"),
        pytest.param(ANN, Task(assignee="ann"), "bob", True, id="the-assignee-hands-it-over"),
        pytest.param(SUPERVISOR, TAKEN_BY_BOB, "eve", True, id="a-supervisor-distributes"),
        pytest.param(SUPERVISOR, OPEN_FOR_FINANCE, "eve", False, id="not-other-departments-work"),
        pytest.param(OPERATOR, OPEN_FOR_FINANCE, "bob", True, id="an-operator-redirects"),
        pytest.param(OPERATOR, OPEN_FOR_FINANCE, "ann", False, id="but-not-to-himself"),
    ],
)
def test_who_may_assign_a_task(actor: Actor, task: Task, assignee: str, may: bool) -> None:
    assert permissions.may_assign(actor, task, assignee) is may


@pytest.mark.parametrize(
    ("actor", "task", "may"),
    [
        pytest.param(AGENT, OPEN_FOR_AGENTS, True, id="a-candidate"),
        pytest.param(AGENT, TAKEN_BY_BOB, True, id="also-what-a-colleague-has"),
        pytest.param(ANN, Task(assignee="ann"), True, id="the-assignee"),
        pytest.param(AGENT, OPEN_FOR_FINANCE, False, id="not-another-department"),
        pytest.param(SUPERVISOR, OPEN_FOR_FINANCE, True, id="a-supervisor-sees-all"),
        pytest.param(AUDITOR, OPEN_FOR_FINANCE, True, id="an-auditor-sees-all"),
        pytest.param(OPERATOR, OPEN_FOR_FINANCE, True, id="an-operator-sees-all"),
        pytest.param(OWNER, OPEN_FOR_FINANCE, True, id="a-process-owner-sees-all"),
        pytest.param(WAREHOUSE, OPEN_FOR_FINANCE, False, id="the-warehouse-does-not"),
    ],
)
def test_who_may_see_a_task(actor: Actor, task: Task, may: bool) -> None:
    assert permissions.may_see_task(actor, task) is may


@pytest.mark.parametrize(
    ("actor", "instance", "tasks", "may"),
    [
        pytest.param(AGENT, Instance(), (), True, id="the-service-desk-sees-every-case"),
        pytest.param(FINANCE, Instance(), (), False, id="finance-does-not"),
        pytest.param(FINANCE, Instance(), (OPEN_FOR_FINANCE,), True, id="but-with-a-task-in-it"),
        pytest.param(ANN, Instance(started_by="ann"), (), True, id="who-started-it"),
        pytest.param(ANN, Instance(), (Task(assignee="ann"),), True, id="who-worked-on-it"),
        pytest.param(ANN, Instance(), (OPEN_FOR_AGENTS,), False, id="not-a-stranger"),
    ],
)
def test_who_may_see_a_case(
    actor: Actor, instance: Instance, tasks: tuple[Task, ...], may: bool
) -> None:
    assert permissions.may_see_instance(actor, instance, tasks) is may


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        pytest.param(permissions.may_deploy, {Role.PROCESS_OWNER}, id="deploy"),
        pytest.param(permissions.may_operate, {Role.OPERATOR}, id="operate"),
        pytest.param(permissions.may_audit, {Role.AUDITOR}, id="audit"),
        pytest.param(permissions.may_cancel, {Role.SUPERVISOR, Role.OPERATOR}, id="cancel"),
        pytest.param(permissions.may_start, set(Role) - {Role.AUDITOR}, id="start"),
        pytest.param(permissions.is_staff, set(Role), id="staff"),
        pytest.param(permissions.may_administer, set(), id="administer"),
        pytest.param(
            permissions.sees_all_instances,
            set(Role) - {Role.WAREHOUSE, Role.FINANCE},
            id="see-every-case",
        ),
    ],
)
def test_which_roles_a_general_right_belongs_to(rule: object, roles: set[Role]) -> None:
    allowed = {role for role in Role if rule(member_of(role))}

    assert allowed == roles | {Role.ADMINISTRATOR}


def test_somebody_without_any_group_may_nothing_in_general() -> None:
    rules = (
        permissions.is_staff,
        permissions.may_start,
        permissions.may_deploy,
        permissions.may_operate,
        permissions.may_audit,
        permissions.may_administer,
        permissions.sees_all_tasks,
        permissions.sees_all_instances,
    )

    assert not any(rule(ANN) for rule in rules)


@pytest.mark.parametrize(
    ("actor", "task", "may"),
    [
        pytest.param(SUPERVISOR, TAKEN_BY_BOB, True, id="a-supervisor-for-his-people"),
        pytest.param(SUPERVISOR, OPEN_FOR_FINANCE, False, id="not-for-other-departments"),
        pytest.param(OPERATOR, OPEN_FOR_FINANCE, True, id="an-operator-for-all"),
        pytest.param(AGENT, Task(assignee="ann"), False, id="not-the-assignee-himself"),
    ],
)
def test_who_may_change_dates_and_priority(actor: Actor, task: Task, may: bool) -> None:
    assert permissions.may_change_task(actor, task) is may


@pytest.mark.parametrize(
    ("actor", "does"),
    [
        pytest.param(AGENT, True, id="an-agent"),
        pytest.param(WAREHOUSE, True, id="a-department"),
        pytest.param(OPERATOR, True, id="an-operator-distributes"),
        pytest.param(member_of("repair"), True, id="a-group-of-the-shops-own"),
        pytest.param(ANN, False, id="not-who-is-in-no-group"),
        pytest.param(AUDITOR, False, id="not-an-auditor"),
        pytest.param(OWNER, False, id="not-a-process-owner"),
        pytest.param(member_of(Role.AUDITOR, Role.AGENT), True, id="who-is-an-agent-too"),
    ],
)
def test_who_has_use_for_a_work_list(actor: Actor, does: bool) -> None:
    assert permissions.does_tasks(actor) is does


@pytest.mark.parametrize(
    ("actor", "may"), [(SUPERVISOR, True), (OPERATOR, True), (ADMINISTRATOR, True), (AGENT, False)]
)
def test_who_gives_tasks_to_others(actor: Actor, may: bool) -> None:
    assert permissions.may_distribute(actor) is may
