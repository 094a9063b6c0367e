"""``/api/history``: everything that happened, for auditors."""

from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, JsonValue

from api.cases.cases import names
from api.cases.models import Names
from api.content import Content
from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.pages import PageOf, PageQuery, Word, info_of, search_of, where
from engine.documents import download_headers
from engine.domain.search import Condition, Operator, Search
from engine.errors import Forbidden, InvalidInput
from engine.services.audit_export import Reader
from engine.services.queries.audit import AuditEntry

TAG = "Audit"
_NO_FILTER = frozenset({"format", "language", "zone"})


class HistoryFilter(Model):
    """Which facts; all that is given must fit."""

    actor: Word = Field(default="", description="User name of who did it.")
    kind: Word = Field(default="", description="E.g. task_completed, access_denied, deployed.")
    case_number: Word = ""
    process_instance_key: Key | None = None
    element_id: Word = ""
    at_from: Moment | None = None
    at_before: Moment | None = None


class HistoryQuery(PageQuery, HistoryFilter):
    """A page of facts."""


class ExportQuery(HistoryFilter):
    """What is exported, and how."""

    format: Literal["csv", "json"] = "csv"
    language: Literal["en", "zh"] = Field(
        default="en", description="Of the columns for a reader, in CSV."
    )
    zone: str = Field(
        default="UTC",
        max_length=255,
        description="Of the times in those columns, as the tz database calls it.",
        examples=["Asia/Shanghai"],
    )


class HistoryEntry(Model):
    """One thing that happened; never changed afterwards."""

    process_instance_key: Key | None = Field(description="Null: it belongs to no instance.")
    case_number: str | None
    process_id: str | None
    process_version: int | None
    process_definition_key: Key | None
    stream: Key = Field(description="The chain: its instance, or one of the installation's own.")
    sequence: int = Field(description="Place in the chain.")
    at: Moment
    actor: str
    kind: str
    element_id: str | None
    names: Names | None
    details: dict[str, JsonValue] = Field(description="Of a change: `old` and `new`.")
    digest: str = Field(description="SHA-256 over this fact and the digest before it, in hex.")


class HistoryPage(PageOf[HistoryEntry]):
    """A page of facts, the newest first."""


@operation(
    "GET",
    "/api/history",
    tag=TAG,
    summary="Search the whole history",
    errors=(Forbidden, InvalidInput),
)
def search_history(context: Context, query: HistoryQuery) -> HistoryPage:
    """Find who did what, when, in which case; sign-ins, deployments and refusals too.

    For auditors only; that others tried is recorded.
    """
    asked = search_of(query, conditions=_conditions(query))
    found = context.application.queries.audit.search(context.actor, asked)
    return HistoryPage(items=[_entry(one) for one in found.items], page=info_of(found))


@operation(
    "GET",
    "/api/history/export",
    tag=TAG,
    summary="Export history",
    errors=(Forbidden, InvalidInput),
    media_type="application/octet-stream",
)
def export_history(context: Context, query: ExportQuery) -> Content:
    """Send all that a search finds, with its filter; the last line is the SHA-256 of the rest.

    In CSV no cell can be taken for a formula, and its last columns say time and step as a reader
    does. That it was exported is part of history.
    """
    asked = Search(conditions=[c for c in _conditions(query) if c is not None])
    described = query.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude=set(_NO_FILTER)
    )
    export = context.application.audit_export
    reader = Reader(language=query.language, zone=_zone(query.zone))
    if query.format == "csv":
        body = export.csv(context.actor, asked, described, reader)
    else:
        body = export.json(context.actor, asked, described)
    media_type = {"csv": "text/csv", "json": "application/json"}[query.format]
    return Content(
        body=body,
        media_type=media_type,
        headers=download_headers(f"history.{query.format}", media_type),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"there is no time zone {name!r}") from error


def _conditions(query: HistoryFilter) -> list[Condition | None]:
    return [
        where("actor", Operator.EQ, query.actor),
        where("kind", Operator.EQ, query.kind),
        where("case_number", Operator.EQ, query.case_number),
        where("stream_key", Operator.EQ, query.process_instance_key),
        where("element_id", Operator.EQ, query.element_id),
        where("at", Operator.GTE, query.at_from),
        where("at", Operator.LT, query.at_before),
    ]


def _entry(one: AuditEntry) -> HistoryEntry:
    return HistoryEntry.model_validate(
        {
            "process_instance_key": one.process_instance_key,
            "case_number": one.case_number,
            "process_id": one.process_id,
            "process_version": one.process_version,
            "process_definition_key": one.process_definition_key,
            "stream": one.stream,
            "sequence": one.sequence,
            "at": one.at,
            "actor": one.actor,
            "kind": one.kind,
            "element_id": one.element_id,
            "names": names(one.names) if one.names else None,
            "details": dict(one.details),
            "digest": one.digest,
        }
    )
