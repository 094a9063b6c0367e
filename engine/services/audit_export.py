"""Exports of history for people outside: with its filter, and a digest of all that was said."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import orjson

from engine.domain.identity import Actor
from engine.domain.search import Search
from engine.persistence.races import begins_anew
from engine.services import recorder
from engine.services.context import Context
from engine.services.queries.audit import AuditEntry, AuditQueries

CSV_COLUMNS = (
    "at",
    "actor",
    "kind",
    "case",
    "process",
    "version",
    "processInstanceKey",
    "stream",
    "sequence",
    "elementId",
    "elementName",
    "old",
    "new",
    "details",
    "digest",
)
_READER_COLUMNS = {"en": ("Time ({zone})", "Step"), "zh": ("时间（{zone}）", "步骤")}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OWN_COLUMNS = frozenset({"old", "new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a CSV file is for: ``language`` is ``en`` or ``zh``."""

    language: str
    zone: ZoneInfo

    def columns(self) -> list[str]:
        """Return the heads of the columns that `cells` fills."""
        return [name.format(zone=self.zone.key) for name in _READER_COLUMNS[self.language]]

    def cells(self, entry: AuditEntry) -> list[str]:
        """Return when it happened by the reader's clock, and what the step is called."""
        at = entry.at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")
        names = entry.names
        return [at, "" if names is None else names.zh if self.language == "zh" else names.en]


class AuditExport:
    """Streams what a search finds, as CSV or JSON; that somebody did is itself a fact.

    The last line says the SHA-256 of all bytes before it; a download that broke off has none.
    """

    def __init__(self, context: Context, audit: AuditQueries) -> None:
        self._context = context
        self._audit = audit

    def csv(
        self,
        actor: Actor,
        asked: Search,
        described: Mapping[str, object],
        reader: Reader,
    ) -> Iterator[bytes]:
        """Yield a CSV file; *described* is the filter in the words of the request.

        Beside the exact columns stand a few for the *reader*, in their language and zone.

        It begins with the mark of UTF-8, without which Excel shows Chinese as nonsense.

        No cell can be mistaken for a formula by a spreadsheet: those that begin like one begin
        with an apostrophe (OWASP, CSV injection).
        """
        entries = self._begin(actor, asked)
        parts = self._csv_parts(entries, self._note(actor, described), reader)
        return self._hashed(actor, parts, "csv", described, lambda sha: f"#sha256,{sha}\r\n")

    def json(self, actor: Actor, asked: Search, described: Mapping[str, object]) -> Iterator[bytes]:
        """Yield a JSON document; its last line holds ``sha256`` alone."""
        entries = self._begin(actor, asked)
        parts = self._json_parts(entries, self._note(actor, described))
        return self._hashed(actor, parts, "json", described, lambda sha: f'"sha256":"{sha}"}}\n')

    def _begin(self, actor: Actor, asked: Search) -> Iterator[AuditEntry]:
        return self._audit.export(actor, asked, until=self._context.clock.now())

    def _note(self, actor: Actor, described: Mapping[str, object]) -> dict[str, object]:
        return {
            "exportedAt": self._context.clock.now(),
            "exportedBy": actor.username,
            "filter": described,
        }

    def _csv_parts(
        self, entries: Iterable[AuditEntry], note: Mapping[str, object], reader: Reader
    ) -> Iterator[bytes]:
        yield codecs.BOM_UTF8 + _csv_line(["#export", _json(note)])
        yield _csv_line([*CSV_COLUMNS, *reader.columns()])
        for entry in entries:
            yield _csv_line([*_cells(entry), *reader.cells(entry)])

    def _json_parts(
        self, entries: Iterable[AuditEntry], note: Mapping[str, object]
    ) -> Iterator[bytes]:
        yield orjson.dumps(note, option=orjson.OPT_UTC_Z)[:-1] + b',"facts":[\n'
        between = b""
        for entry in entries:
            yield between + orjson.dumps(_fact(entry), option=orjson.OPT_UTC_Z)
            between = b",\n"
        yield b"\n],\n"

    def _hashed(
        self,
        actor: Actor,
        parts: Iterator[bytes],
        format: str,
        described: Mapping[str, object],
        last_line: Callable[[str], str],
    ) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
            yield part
        sha256 = digest.hexdigest()
        details = {"format": format, "filter": _json(described), "sha256": sha256}
        self._record(actor, details)
        yield last_line(sha256).encode()

    @begins_anew
    def _record(self, actor: Actor, details: Mapping[str, object]) -> None:
        now = self._context.clock.now()
        with self._context.database.write() as connection:
            recorder.record_system(connection, now, actor.username, "history_exported", details)


def neutral(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(entry: AuditEntry) -> list[str]:
    details = {n: v for n, v in entry.details.items() if n not in _OWN_COLUMNS}
    return [
        entry.at.isoformat(),
        entry.actor,
        entry.kind,
        entry.case_number or "",
        entry.process_id or "",
        "" if entry.process_version is None else str(entry.process_version),
        "" if entry.process_instance_key is None else str(entry.process_instance_key),
        str(entry.stream),
        str(entry.sequence),
        entry.element_id or "",
        entry.names.en if entry.names else "",
        _value(entry.details, "old"),
        _value(entry.details, "new"),
        _json(details),
        entry.digest,
    ]


def _value(details: Mapping[str, object], name: str) -> str:
    return _json(details[name]) if name in details else ""


def _fact(entry: AuditEntry) -> dict[str, object]:
    key = entry.process_instance_key
    return {
        "at": entry.at,
        "actor": entry.actor,
        "kind": entry.kind,
        "caseNumber": entry.case_number,
        "processId": entry.process_id,
        "processVersion": entry.process_version,
        "processInstanceKey": None if key is None else str(key),
        "stream": str(entry.stream),
        "sequence": entry.sequence,
        "elementId": entry.element_id,
        "elementNames": {"en": entry.names.en, "zh": entry.names.zh} if entry.names else None,
        "details": entry.details,
        "digest": entry.digest,
    }


def _csv_line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([neutral(cell) for cell in cells])
    return line.getvalue().encode()


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()
