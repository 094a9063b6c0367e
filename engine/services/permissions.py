"""Who may do what to which object: pure rules over values, asked by every service.

Roles are the groups of `engine.domain.identity.Role`; an administrator has them all. Tasks of
agents and account managers are led by the supervisor; warehouse and finance are departments of
their own, so a refund cannot be approved from the service desk. What a rule says of one object,
its ``sees_all_…`` sibling says of a whole search, so that searches can ask in SQL.
"""

from collections.abc import Collection
from typing import Protocol

from engine.domain.identity import Actor, Role

_SERVICE_DESK = frozenset({Role.AGENT, Role.ACCOUNT_MANAGER, Role.SUPERVISOR})


class Task(Protocol):
    """What the rules need to know of a user task."""

    @property
    def assignee(self) -> str | None:
        """Return who does it."""
        ...

    @property
    def candidate_groups(self) -> Collection[str]:
        """Return whose members may do it."""
        ...

    @property
    def candidate_users(self) -> Collection[str]:
        """Return who else may do it."""
        ...


class Instance(Protocol):
    """What the rules need to know of a process instance."""

    @property
    def started_by(self) -> str:
        """Return who started it."""
        ...


# -- user tasks ----------------------------------------------------------------------------------


def is_candidate(actor: Actor, task: Task) -> bool:
    """Tell whether the diagram offers the task to the actor, in person or by a group."""
    by_group = not actor.groups.isdisjoint(task.candidate_groups)
    return by_group or actor.username in task.candidate_users


def supervises(actor: Actor, task: Task) -> bool:
    """Tell whether the actor leads the people whose task it is."""
    if not actor.is_one_of(Role.SUPERVISOR):
        return False
    groups = frozenset(task.candidate_groups)
    return may_administer(actor) or not groups or not groups.isdisjoint(_SERVICE_DESK)


def may_work_on(actor: Actor, task: Task) -> bool:
    """Complete it, save a draft, give it back.

    The assignee may, and while nobody has it every candidate; what a colleague has taken must be
    taken over first, on record. Supervisors may step in for their people.
    """
    if task.assignee == actor.username or supervises(actor, task):
        return True
    return task.assignee is None and is_candidate(actor, task)


def may_assign(actor: Actor, task: Task, assignee: str) -> bool:
    """Claim it or give it to *assignee*.

    Candidates take a task, its assignee hands it over, supervisors distribute the work of their
    people. An operator may redirect any task, but not to himself.
    """
    if supervises(actor, task) or task.assignee == actor.username:
        return True
    if assignee == actor.username:
        return is_candidate(actor, task)
    return may_operate(actor)


def may_change_task(actor: Actor, task: Task) -> bool:
    """Change its dates, its priority or its candidates."""
    return supervises(actor, task) or may_operate(actor)


def may_distribute(actor: Actor) -> bool:
    """Tell whether the actor gives tasks to others: who leads people, or looks after it all."""
    return actor.is_one_of(Role.SUPERVISOR, Role.OPERATOR)


def does_tasks(actor: Actor) -> bool:
    """Tell whether a work list is of any use to the actor.

    Auditors and process owners read and draw; groups of the shop's own have tasks.
    """
    return bool(actor.groups - {Role.AUDITOR, Role.PROCESS_OWNER})


def sees_all_tasks(actor: Actor) -> bool:
    """Tell whether every user task is visible, not only one's own and one's groups'."""
    return actor.is_one_of(Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR, Role.PROCESS_OWNER)


def may_see_task(actor: Actor, task: Task) -> bool:
    """Look at it, its form and its variables."""
    is_own = task.assignee == actor.username or is_candidate(actor, task)
    return is_own or sees_all_tasks(actor)


# -- process instances ---------------------------------------------------------------------------


def sees_all_instances(actor: Actor) -> bool:
    """Tell whether every case is visible.

    The service desk answers any customer about any case (one-stop window); warehouse and finance
    see those that they have a task in.
    """
    return actor.is_one_of(*_SERVICE_DESK, Role.PROCESS_OWNER, Role.AUDITOR, Role.OPERATOR)


def may_see_instance(actor: Actor, instance: Instance, tasks: Collection[Task] = ()) -> bool:
    """Look at it, its variables and its history; *tasks* are its user tasks, ended ones too."""
    is_involved = instance.started_by == actor.username or any(
        task.assignee == actor.username or is_candidate(actor, task) for task in tasks
    )
    return is_involved or sees_all_instances(actor)


def may_start(actor: Actor) -> bool:
    """Start a process or publish a message: the first person contacted owns the case."""
    return actor.is_one_of(
        *_SERVICE_DESK, Role.WAREHOUSE, Role.FINANCE, Role.PROCESS_OWNER, Role.OPERATOR
    )


def may_cancel(actor: Actor) -> bool:
    """End a process instance before its end."""
    return actor.is_one_of(Role.SUPERVISOR, Role.OPERATOR)


# -- everything else -----------------------------------------------------------------------------


def is_staff(actor: Actor) -> bool:
    """Tell whether the actor has any role: reads models, people's names, evaluates decisions."""
    return actor.is_one_of(*Role)


def may_deploy(actor: Actor) -> bool:
    """Put models in."""
    return actor.is_one_of(Role.PROCESS_OWNER)


def may_operate(actor: Actor) -> bool:
    """Resolve incidents, change variables, take and finish jobs."""
    return actor.is_one_of(Role.OPERATOR)


def may_oversee(actor: Actor) -> bool:
    """See timers and totals of everything that runs."""
    return actor.is_one_of(Role.OPERATOR, Role.SUPERVISOR, Role.AUDITOR, Role.PROCESS_OWNER)


def may_audit(actor: Actor) -> bool:
    """Read the history that belongs to no case: sign-ins, deployments, people."""
    return actor.is_one_of(Role.AUDITOR)


def may_administer(actor: Actor) -> bool:
    """Manage accounts, groups and clients; move the clock of a demo."""
    return actor.is_one_of(Role.ADMINISTRATOR)
