"""Composition root: the one place that chooses implementations."""

import gc
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from engine.bpmn import DEFAULT_LIMITS, Limits
from engine.calendars import builtin_calendars, feel_functions
from engine.connectors.registry import build_connectors
from engine.documents import FileStore
from engine.jobs.retry import RetryPolicy
from engine.persistence.database import Database
from engine.persistence.keys import KeyGenerator
from engine.persistence.migrate import migrate
from engine.services.audit_export import AuditExport
from engine.services.background import Background
from engine.services.backlog import BacklogService
from engine.services.cases import CaseService
from engine.services.connector_jobs import ConnectorJobs
from engine.services.context import Context
from engine.services.decisions import DecisionService
from engine.services.deployments import DeploymentService
from engine.services.documents import DocumentService
from engine.services.file_drafts import FileDraftService
from engine.services.identity import IdentityService, SessionLimits
from engine.services.imports import ImportService
from engine.services.incidents import IncidentService
from engine.services.instances import InstanceService
from engine.services.jobs import JobService
from engine.services.library_deployment import LibraryDeployment
from engine.services.messages import MessageService
from engine.services.queries import Queries
from engine.services.saved_views import SavedViewService
from engine.services.signals import SignalService
from engine.services.task_drafts import TaskDraftService
from engine.services.time_travel import ClockService, SwitchableClock, restore_clock
from engine.services.timers import TimerService
from engine.services.tryouts import TryOutService
from engine.services.user_tasks import UserTaskService
from engine.settings import PREFIX, Settings

_GARBAGE_THRESHOLDS = (10_000, 10, 10)
"""How often Python looks for circles of garbage. A command makes many objects, which live until it
ends, and few circles: looking every 700 objects made a round of a long loop a quarter dearer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Redress, put together: every service, and what runs in the background."""

    settings: Settings
    database: Database
    clock: SwitchableClock
    deployments: DeploymentService
    file_drafts: FileDraftService
    library: LibraryDeployment
    instances: InstanceService
    user_tasks: UserTaskService
    task_drafts: TaskDraftService
    saved_views: SavedViewService
    jobs: JobService
    messages: MessageService
    signals: SignalService
    decisions: DecisionService
    tryouts: TryOutService
    incidents: IncidentService
    documents: DocumentService
    imports: ImportService
    cases: CaseService
    identity: IdentityService
    queries: Queries
    audit_export: AuditExport
    clock_control: ClockService
    background: Background
    backlog: BacklogService

    def start(self) -> None:
        """Start firing timers and running jobs, after tidying up what a crash left."""
        self.documents.settle_files()
        self.background.start()

    def stop(self, *, within: timedelta | None = None) -> None:
        """Finish what is in hand, *within* a time (None: however long), and close the database."""
        self.background.stop(within=within)
        self.database.close()


def build(
    settings: Settings, *, clock: SwitchableClock | None = None, limits: Limits = DEFAULT_LIMITS
) -> Application:
    """Migrate the database and put the application together; `Application.start` sets it going.

    *limits* bound what one command may do to one process instance.
    """
    gc.set_threshold(*_GARBAGE_THRESHOLDS)
    zone = _zone(settings)
    database = Database(settings.database_url, synchronous=settings.sqlite_synchronous)
    migrate(database)
    clock = clock or restore_clock(database)
    context = _context(database, clock, zone, limits)
    jobs = JobService(context)
    queries = Queries(context)
    deployments = DeploymentService(context)
    file_drafts = FileDraftService(context)
    signals = SignalService(context)
    background = Background(
        context,
        connector_jobs=ConnectorJobs(
            context, build_connectors(settings, database), jobs, RetryPolicy()
        ),
        timers=TimerService(context),
        signals=signals,
    )
    return Application(
        settings=settings,
        database=database,
        clock=clock,
        deployments=deployments,
        file_drafts=file_drafts,
        library=LibraryDeployment(context, deployments, file_drafts),
        instances=InstanceService(context),
        user_tasks=UserTaskService(context),
        task_drafts=TaskDraftService(context),
        saved_views=SavedViewService(context),
        jobs=jobs,
        messages=MessageService(context),
        signals=signals,
        decisions=DecisionService(context),
        tryouts=TryOutService(context),
        incidents=IncidentService(context),
        documents=DocumentService(
            context, FileStore(settings.document_folder), max_bytes=settings.document_max_bytes
        ),
        imports=ImportService(context),
        cases=CaseService(context),
        identity=_identity(settings, context, clock),
        queries=queries,
        audit_export=AuditExport(context, queries.audit),
        clock_control=ClockService(context, clock, background, allowed=settings.demo),
        background=background,
        backlog=BacklogService(context),
    )


def _context(database: Database, clock: SwitchableClock, zone: ZoneInfo, limits: Limits) -> Context:
    return Context(
        database=database,
        keys=KeyGenerator(database),
        clock=clock,
        zone=zone,
        functions=feel_functions(builtin_calendars()),
        limits=limits,
    )


def _identity(settings: Settings, context: Context, clock: SwitchableClock) -> IdentityService:
    limits = SessionLimits(
        idle=timedelta(minutes=settings.session_idle_minutes),
        lifetime=timedelta(minutes=settings.session_lifetime_minutes),
    )
    return IdentityService(context.database, clock, limits=limits, models=context.models)


def _zone(settings: Settings) -> ZoneInfo:
    try:
        return ZoneInfo(settings.time_zone)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"{PREFIX}TIME_ZONE: there is no time zone {settings.time_zone!r}"
        ) from None
