"""``/api/session``: signing in with a browser, and what the pages need to know of who did."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.context import Context
from api.models import Model, Moment
from api.operation import operation
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, Unauthenticated
from engine.persistence.stores.sessions import SessionRow
from engine.services import permissions
from engine.services.identity import Session

TAG = "Session"


class SignIn(Model):
    """Who signs in."""

    username: str = Field(max_length=120)
    password: str = Field(max_length=256)


class Permissions(Model):
    """What somebody's groups allow; the pages show no more, the services allow no more."""

    is_staff: bool
    does_tasks: bool
    may_distribute: bool
    may_start: bool
    may_cancel: bool
    may_deploy: bool
    may_operate: bool
    may_audit: bool
    may_administer: bool
    sees_all_tasks: bool
    sees_all_cases: bool


class SignedIn(Model):
    """The person who signed in."""

    username: str
    display_name: str
    email: str | None
    groups: list[str]


class DemoAccount(Model):
    """Somebody as whom a visitor of the demo may sign in; the password is the user name."""

    username: str
    display_name: str
    groups: list[str]


class Demo(Model):
    """What the sign-in page of a demo shows."""

    accounts: list[DemoAccount]
    loading: dict[str, float] = Field(
        description="What is still being loaded, with the share (0 to 1) that is there."
    )


class SessionInfo(Model):
    """The session of this browser; ``user`` is null for somebody who has not signed in."""

    user: SignedIn | None
    permissions: Permissions
    csrf_token: str | None = Field(description="Goes into X-CSRF-Token of unsafe requests.")
    language: Literal["en", "zh"] = Field(
        description="Chosen by the person, else of Accept-Language."
    )
    expires_at: Moment | None
    server_time: Moment = Field(description="Deadlines are counted by this clock.")
    demo: Demo | None = Field(description="Null unless this is a demo.")


class SessionResult(Model):
    """A session of one's own, or (administrators) of somebody else."""

    id: str
    username: str
    created_at: Moment
    last_seen_at: Moment = Field(description="To the minute.")
    expires_at: Moment
    agent: str = Field(description="What the browser says it is.")
    current: bool


class SessionList(Model):
    """Sessions, the newest first; at most 20 at a time for one account."""

    items: list[SessionResult]


class SessionsQuery(Model):
    """Whose sessions."""

    username: str | None = Field(default=None, description="Others': administrators only.")


class Language(Model):
    """The language of the pages."""

    language: Literal["en", "zh"]


class PasswordChange(Model):
    """A new password of one's own."""

    current: str = Field(max_length=256)
    password: str = Field(max_length=256, description="At least 8 characters.")


@operation(
    "POST",
    "/api/session",
    tag=TAG,
    summary="Sign in with a browser",
    errors=(Unauthenticated, InvalidInput),
    public=True,
)
def create_session(context: Context, body: SignIn) -> SessionInfo:
    """Verify the password and send the cookie `redress_session` (HttpOnly, SameSite=Strict).

    Wrong passwords are slowed down by name, as with HTTP Basic.
    """
    identity = context.application.identity
    token = identity.sign_in(body.username, body.password, agent=context.browser.agent)
    lifetime = identity.sessions.lifetime
    context.headers["Set-Cookie"] = context.browser.keep_session(token, lifetime=lifetime)
    return _info(context, identity.sessions.find(token))


@operation("GET", "/api/session", tag=TAG, summary="See who is signed in", public=True)
def get_session(context: Context) -> SessionInfo:
    """Return who is signed in with this browser and what the pages need to know.

    Without a session `user` is null: the sign-in page asks this too.
    """
    return _info(context, _current(context))


@operation("DELETE", "/api/session", tag=TAG, status=204, summary="Sign out")
def delete_session(context: Context) -> None:
    """End the session of this browser; without one nothing happens."""
    current = _current(context)
    if current:
        context.application.identity.sessions.end(context.actor, current.id)
    context.headers["Set-Cookie"] = context.browser.forget_session()


@operation("GET", "/api/sessions", tag=TAG, summary="List sessions", errors=(Forbidden,))
def list_sessions(context: Context, query: SessionsQuery) -> SessionList:
    """Return one's own sessions, or (administrators) those of another account."""
    username = query.username or context.actor.username
    rows = context.application.identity.sessions.of(context.actor, username)
    current = _current(context)
    current_id = current.id if current else None
    return SessionList(items=[_shown(row, current_id) for row in rows])


@operation(
    "DELETE",
    "/api/sessions/<session_id>",
    tag=TAG,
    status=204,
    summary="End a session",
    errors=(NotFound, Forbidden),
)
def end_session(context: Context, session_id: str) -> None:
    """Sign a browser out: one of one's own, or (administrators) of anybody.

    Every node refuses it after 3 seconds at the latest, the answering one at once.
    """
    context.application.identity.sessions.end(context.actor, session_id)


@operation("PUT", "/api/session/language", tag=TAG, status=204, summary="Choose one's language")
def choose_language(context: Context, body: Language) -> None:
    """Remember in which language one sees the pages, with every browser."""
    context.application.identity.sessions.choose_language(context.actor, body.language)


@operation(
    "POST",
    "/api/session/password",
    tag=TAG,
    status=204,
    summary="Change one's own password",
    errors=(Forbidden, InvalidInput, Conflict),
)
def change_own_password(context: Context, body: PasswordChange) -> None:
    """Set a new password; it needs the current one.

    One's tokens and all sessions but this one end.
    """
    current = _current(context)
    context.application.identity.people.set_own_password(
        context.actor,
        current=body.current,
        password=body.password,
        keep_session=current.id if current else None,
    )


def _current(context: Context) -> Session | None:
    token = context.browser.session_token
    return context.application.identity.sessions.find(token) if token else None


def _info(context: Context, session: Session | None) -> SessionInfo:
    actor = session.actor if session else context.actor
    return SessionInfo(
        user=_user(session) if session else None,
        permissions=_permissions(actor),
        csrf_token=session.csrf_token if session else None,
        language=_language(session.language if session else None, context.language),
        expires_at=session.expires_at if session else None,
        server_time=_now(context),
        demo=_demo(context),
    )


def _user(session: Session) -> SignedIn:
    return SignedIn(
        username=session.username,
        display_name=session.name,
        email=session.email,
        groups=sorted(session.groups),
    )


def _permissions(actor: Actor) -> Permissions:
    return Permissions(
        is_staff=permissions.is_staff(actor),
        does_tasks=permissions.does_tasks(actor),
        may_distribute=permissions.may_distribute(actor),
        may_start=permissions.may_start(actor),
        may_cancel=permissions.may_cancel(actor),
        may_deploy=permissions.may_deploy(actor),
        may_operate=permissions.may_operate(actor),
        may_audit=permissions.may_audit(actor),
        may_administer=permissions.may_administer(actor),
        sees_all_tasks=permissions.sees_all_tasks(actor),
        sees_all_cases=permissions.sees_all_instances(actor),
    )


def _language(chosen: str | None, preferred: str) -> Literal["en", "zh"]:
    return "zh" if (chosen or preferred) == "zh" else "en"


def _now(context: Context) -> datetime:
    return context.application.clock.now()


def _demo(context: Context) -> Demo | None:
    if not context.application.settings.demo:
        return None
    accounts = context.application.identity.demo_accounts()
    return Demo(
        accounts=[
            DemoAccount(username=a.username, display_name=a.name, groups=sorted(a.groups))
            for a in accounts
        ],
        loading=context.readiness.missing(),
    )


def _shown(row: SessionRow, current_id: str | None) -> SessionResult:
    return SessionResult(
        id=row.id,
        username=row.username,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        agent=row.agent,
        current=row.id == current_id,
    )
