"""From the permission rules to the condition that a search adds (engine/services/permissions)."""

from engine.domain.identity import Actor
from engine.persistence.search.visibility import (
    EVERYTHING,
    NOTHING,
    Visible,
    own_instances,
    own_tasks,
)
from engine.services import permissions


def tasks_visible_to(actor: Actor) -> Visible:
    """Say which user tasks the actor may see."""
    if permissions.sees_all_tasks(actor):
        return EVERYTHING
    return own_tasks(actor.username, actor.groups)


def instances_visible_to(actor: Actor) -> Visible:
    """Say which process instances, and what is inside them, the actor may see."""
    if permissions.sees_all_instances(actor):
        return EVERYTHING
    return own_instances(actor.username, actor.groups)


def models_visible_to(actor: Actor) -> Visible:
    """Say which definitions the actor may see: all of them, for staff."""
    return EVERYTHING if permissions.is_staff(actor) else NOTHING


def imports_visible_to(actor: Actor) -> Visible:
    """Say which imported diagrams the actor may see: all of them, for process owners."""
    return EVERYTHING if permissions.may_deploy(actor) else NOTHING
