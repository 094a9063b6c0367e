"""The shipped complaint process as a load: deploy it once, open complaints, live through them."""

from sqlalchemy import select

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from engine.persistence.schema import user_task
from tests import complaint

OWNER = Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER}))
AGENT = Actor(username="alice", groups=frozenset({Role.AGENT}))

COMPLETIONS = tuple(complaint.FORMS.items())[:3]
"""The first three forms of a complaint, with what is typed into them."""


def prepare(app: Application) -> None:
    """Deploy what is shipped, and put in the customer and the order of the complaints."""
    complaint.prepare(app, OWNER)


def open_complaint(app: Application) -> int:
    """Open a complaint and let its look-ups run; return the instance's key."""
    key = app.instances.create(AGENT, process_id="complaint", variables=complaint.COMPLAINT).key
    app.background.run_until_idle()
    return key


def task_of(app: Application, instance_key: int, element_id: str) -> int:
    """Return the key of the open task of an instance at an element."""
    wanted = (
        user_task.c.process_instance_key == instance_key,
        user_task.c.element_id == element_id,
        user_task.c.state == "CREATED",
    )
    with app.database.read() as connection:
        return int(connection.execute(select(user_task.c.key).where(*wanted)).scalar_one())


def complete(app: Application, instance_key: int, step: int) -> None:
    """Complete the form of that place in `COMPLETIONS`."""
    element_id, entered = COMPLETIONS[step]
    app.user_tasks.complete(AGENT, task_of(app, instance_key, element_id), entered)
