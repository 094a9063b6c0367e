"""``/v2/users``: accounts."""

from api.context import Context
from api.operation import operation
from api.people.models import (
    UserRequest,
    UserResult,
    UserSearchQuery,
    UserSearchResult,
    UserUpdateRequest,
)
from api.v2.models.common import shown_as
from api.v2.models.search import asked, found
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSupported

TAG = "User"


@operation(
    "POST",
    "/v2/users",
    tag=TAG,
    status=201,
    summary="Create a user",
    errors=(Forbidden, Conflict, InvalidInput),
)
def create_user(context: Context, body: UserRequest) -> UserResult:
    """Create an account that signs in with a password. Only administrators may."""
    account = context.application.identity.people.create_account(
        context.actor,
        username=body.username,
        name=body.name or body.username,
        email=body.email or None,
        password=body.password,
    )
    return shown_as(UserResult, account)


@operation(
    "POST",
    "/v2/users/search",
    tag=TAG,
    summary="Search users",
    errors=(Forbidden, InvalidInput),
)
def search_users(context: Context, body: UserSearchQuery | None) -> UserSearchResult:
    """Find accounts by user name, name or e-mail address."""
    people = context.application.identity.people
    result = people.search_accounts(context.actor, asked(body))
    return found(UserSearchResult, result)


@operation(
    "GET", "/v2/users/<username>", tag=TAG, summary="Get a user", errors=(NotFound, Forbidden)
)
def get_user(context: Context, username: str) -> UserResult:
    """Return one account: one's own, or any for staff."""
    people = context.application.identity.people
    return shown_as(UserResult, people.account(context.actor, username))


@operation(
    "PUT",
    "/v2/users/<username>",
    tag=TAG,
    summary="Change a user",
    errors=(NotFound, Forbidden, InvalidInput),
)
def update_user(context: Context, username: str, body: UserUpdateRequest) -> UserResult:
    """Change name, e-mail address or password of an account. Only administrators may."""
    people = context.application.identity.people
    before = people.account(context.actor, username)
    changed = people.change_account(
        context.actor,
        username,
        name=body.name or before.name,
        email=body.email or None if "email" in body.model_fields_set else before.email,
        enabled=before.enabled,
        password=body.password or None,
    )
    return shown_as(UserResult, changed)


@operation(
    "DELETE",
    "/v2/users/<username>",
    tag=TAG,
    status=204,
    summary="Delete a user (not supported)",
    errors=(NotSupported,),
)
def delete_user(context: Context, username: str) -> None:
    """Refuse: accounts are disabled and stay, so that history goes on naming people."""
    raise NotSupported(f"accounts are disabled, not deleted: run 'redress user disable {username}'")
