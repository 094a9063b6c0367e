"""``/v2/groups``: groups and their members."""

from api.context import Context
from api.operation import operation
from api.people.models import (
    GroupCreateRequest,
    GroupResult,
    GroupSearchQuery,
    GroupSearchResult,
    GroupUpdateRequest,
    GroupUserSearchQuery,
    GroupUserSearchResult,
)
from api.v2.models.common import shown_as
from api.v2.models.search import asked, found
from api.v2.support import not_supported
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSupported

TAG = "Group"


@operation(
    "POST",
    "/v2/groups",
    tag=TAG,
    status=201,
    summary="Create a group",
    errors=(Forbidden, Conflict, InvalidInput, NotSupported),
)
def create_group(context: Context, body: GroupCreateRequest) -> GroupResult:
    """Create a group of people. Only administrators may; groups of roles exist already."""
    not_supported(description=body.description)
    people = context.application.identity.people
    group = people.create_group(context.actor, group_id=body.group_id, name=body.name)
    return shown_as(GroupResult, group)


@operation(
    "POST",
    "/v2/groups/search",
    tag=TAG,
    summary="Search groups",
    errors=(Forbidden, InvalidInput),
)
def search_groups(context: Context, body: GroupSearchQuery | None) -> GroupSearchResult:
    """Find groups by id or name, those of the roles among them."""
    people = context.application.identity.people
    return found(GroupSearchResult, people.search_groups(context.actor, asked(body)))


@operation(
    "GET", "/v2/groups/<group_id>", tag=TAG, summary="Get a group", errors=(NotFound, Forbidden)
)
def get_group(context: Context, group_id: str) -> GroupResult:
    """Return one group."""
    people = context.application.identity.people
    return shown_as(GroupResult, people.group(context.actor, group_id))


@operation(
    "PUT",
    "/v2/groups/<group_id>",
    tag=TAG,
    summary="Rename a group",
    errors=(NotFound, Forbidden, Conflict, InvalidInput, NotSupported),
)
def update_group(context: Context, group_id: str, body: GroupUpdateRequest) -> GroupResult:
    """Give a group another name. Only administrators may; groups of roles keep theirs."""
    not_supported(description=body.description)
    people = context.application.identity.people
    return shown_as(GroupResult, people.rename_group(context.actor, group_id, body.name))


@operation(
    "DELETE",
    "/v2/groups/<group_id>",
    tag=TAG,
    status=204,
    summary="Delete a group",
    errors=(NotFound, Forbidden, Conflict),
)
def delete_group(context: Context, group_id: str) -> None:
    """Delete a group and its memberships. Only administrators may; groups of roles stay."""
    context.application.identity.people.delete_group(context.actor, group_id)


@operation(
    "PUT",
    "/v2/groups/<group_id>/users/<username>",
    tag=TAG,
    status=204,
    summary="Put a user into a group",
    errors=(NotFound, Forbidden, Conflict),
)
def assign_user_to_group(context: Context, group_id: str, username: str) -> None:
    """Make a user a member; the rights of the group count from the next request on."""
    context.application.identity.people.add_member(context.actor, group_id, username)


@operation(
    "DELETE",
    "/v2/groups/<group_id>/users/<username>",
    tag=TAG,
    status=204,
    summary="Take a user out of a group",
    errors=(NotFound, Forbidden, Conflict),
)
def unassign_user_from_group(context: Context, group_id: str, username: str) -> None:
    """End a membership; somebody has to stay administrator."""
    context.application.identity.people.remove_member(context.actor, group_id, username)


@operation(
    "POST",
    "/v2/groups/<group_id>/users/search",
    tag=TAG,
    summary="Search the members of a group",
    errors=(NotFound, Forbidden, InvalidInput),
)
def search_users_for_group(
    context: Context, group_id: str, body: GroupUserSearchQuery | None
) -> GroupUserSearchResult:
    """Find the users who belong to the group."""
    people = context.application.identity.people
    result = people.search_members(context.actor, group_id, asked(body))
    return found(GroupUserSearchResult, result)
