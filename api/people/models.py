"""Shapes of users and groups, as the Camunda contract has them."""

from typing import Literal

from pydantic import Field

from api.models import Model
from api.v2.models.common import Text, optional
from api.v2.models.filters import TextFilter
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class UserRequest(Model):
    """A new account."""

    username: Text
    password: Text = Field(description="At least 8 characters.")
    name: Text = optional(description="What others see; the user name if left out.")
    email: Text = optional()


class UserUpdateRequest(Model):
    """New values of an account; what is left out stays."""

    password: Text = optional(description="Left out or empty: unchanged.")
    name: Text = optional()
    email: Text = optional()


class UserResult(Model):
    """An account as others see it."""

    username: str
    name: str | None
    email: str | None


class UserAlternative(Filter):
    """One alternative of a filter for accounts."""

    username: TextFilter = optional()
    name: TextFilter = optional()
    email: TextFilter = optional()


class UserFilter(UserAlternative):
    """Properties of an account to match."""

    alternatives: tuple[UserAlternative, ...] = optional("$or")


class UserSort(Sort):
    """One level of the order of accounts."""

    field: Literal["username", "name", "email"]


class UserSearchQuery(SearchRequest):
    """A search for accounts."""

    filter: UserFilter = optional()
    sort: tuple[UserSort, ...] = optional()


class UserSearchResult(Found[UserResult]):
    """A page of accounts."""


class GroupCreateRequest(Model):
    """A new group."""

    group_id: Text
    name: Text
    description: str = optional(description="Not kept; refused unless empty.")


class GroupUpdateRequest(Model):
    """A group's new name."""

    name: Text
    description: str = optional(description="Not kept; refused unless empty.")


class GroupResult(Model):
    """A group; one whose id is a role grants it."""

    group_id: str
    name: str
    description: str | None = None


class GroupAlternative(Filter):
    """One alternative of a filter for groups."""

    group_id: TextFilter = optional()
    name: TextFilter = optional()


class GroupFilter(GroupAlternative):
    """Properties of a group to match."""

    alternatives: tuple[GroupAlternative, ...] = optional("$or")


class GroupSort(Sort):
    """One level of the order of groups."""

    field: Literal["groupId", "name"]


class GroupSearchQuery(SearchRequest):
    """A search for groups."""

    filter: GroupFilter = optional()
    sort: tuple[GroupSort, ...] = optional()


class GroupSearchResult(Found[GroupResult]):
    """A page of groups."""


class GroupUserResult(Model):
    """A member of a group."""

    username: str


class GroupUserSort(Sort):
    """One level of the order of members."""

    field: Literal["username"]


class GroupUserSearchQuery(SearchRequest):
    """A search for the members of a group."""

    sort: tuple[GroupUserSort, ...] = optional()


class GroupUserSearchResult(Found[GroupUserResult]):
    """A page of members."""
