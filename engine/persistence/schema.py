"""Every table of the engine, by subject. One `metadata` serves SQLite, PostgreSQL and Alembic.

Values that people typed are stored only through `engine.persistence.protection`. Times are aware
UTC. Nothing on the hot path joins two process instances, so the tables can be sharded by
``process_instance_key``.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.persistence.columns import JsonText, Key, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# -- keys and settings ---------------------------------------------------------------------------

key_block = Table(
    "key_block",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("next_key", Key, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", JsonText, nullable=False),
)

# -- definitions ---------------------------------------------------------------------------------

deployment = Table(
    "deployment",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", String(120), nullable=False),
    Column("comment", Text),  # why, in the owner's words
)

definition = Table(
    "definition",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),  # process, decision, drg or form
    Column("id", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(255)),
    Column("name", String(255)),
    Column("deployment_key", Key, nullable=False),
    Column("resource_key", Key, nullable=False),
    Column("drg_key", Key),  # decisions only: the requirements graph they came with
    UniqueConstraint("kind", "id", "version"),
    Index("ix_definition_deployment", "deployment_key", "kind", "id"),
)

bundle_member = Table(
    "bundle_member",
    metadata,
    Column("deployment_key", Key, primary_key=True, autoincrement=False),
    Column("definition_key", Key, primary_key=True, autoincrement=False),
)

resource = Table(
    "resource",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("name", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

file_draft = Table(
    "file_draft",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on_key", Key),  # the definition it was begun from
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", String(120), nullable=False),
)

# -- running instances ---------------------------------------------------------------------------

process_instance = Table(
    "process_instance",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("definition_key", Key, nullable=False),
    Column("process_id", String(255), nullable=False),
    Column("business_id", String(255)),
    Column("case_ordinal", Integer, nullable=False, default=1),  # among its process in the case
    Column("root_key", Key, nullable=False),
    Column("parent_key", Key),
    Column("parent_element_instance_key", Key),
    Column("state", String(12), nullable=False),  # ACTIVE, COMPLETED, TERMINATED
    Column("incident_count", Integer, nullable=False, default=0),
    Column("tags", JsonText, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("started_by", String(120), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    Column("state_blob", LargeBinary),  # None once ended
    Column("history_sequence", Integer, nullable=False),  # of its last fact, 0 before the first
    Column("history_digest", LargeBinary(32), nullable=False),
    Index(None, "root_key"),
    Index(None, "parent_element_instance_key"),
    Index(None, "business_id", "process_id", "case_ordinal", unique=True),
    Index(None, "definition_key", "state"),
    Index(None, "state", "key"),
    Index(None, "started_at", "key"),
    Index(None, "started_by"),
)

element_instance = Table(
    "element_instance",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("process_instance_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("element_type", String(60), nullable=False),
    Column("scope_key", Key, nullable=False),
    Column("state", String(12), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "process_instance_key"),
)

variable = Table(
    "variable",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("process_instance_key", Key, nullable=False),
    Column("scope_key", Key, nullable=False),
    Column("name", String(255), nullable=False),
    Column("value", Text, nullable=False),  # sealed JSON (engine.persistence.protection)
    Column("classification", String(12), nullable=False),
    UniqueConstraint("scope_key", "name"),
    Index(None, "process_instance_key"),
    Index(None, "name", "process_instance_key"),
)

MAX_OFFERED = 200
"""So many letters of a list of groups are indexed; a whole list may be too long for an index."""

user_task = Table(
    "user_task",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("process_instance_key", Key, nullable=False),
    Column("definition_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("element_instance_key", Key, nullable=False),
    Column("name", String(255)),
    Column("state", String(12), nullable=False),  # CREATED, COMPLETED, CANCELED
    Column("assignee", String(120)),
    Column("candidate_groups", JsonText, nullable=False),
    Column("candidate_users", JsonText, nullable=False),
    Column("form_key", Key),
    Column("due_date", UtcDateTime),
    Column("follow_up_date", UtcDateTime),
    Column("priority", Integer, nullable=False),
    Column("properties", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("completed_by", String(120)),
    Column("has_drafts", Boolean, nullable=False, default=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("element_instance_key"),
    Index(None, "process_instance_key", "element_id"),
    Index(None, "state", "due_date", "key"),
    Index(None, "assignee", "state", "due_date"),
    Index(  # completing a task gives it to whoever has completed it, unless it is another's
        "ix_user_task_completed_for",
        "completed_by",
        "process_instance_key",
        sqlite_where=text("completed_by <> assignee"),
        postgresql_where=text("completed_by <> assignee"),
    ),
    Index(
        "ix_user_task_offered",
        text(f"substr(candidate_groups, 1, {MAX_OFFERED})"),
        "due_date",
        "key",
        sqlite_where=text("state = 'CREATED'"),
        postgresql_where=text("state = 'CREATED'"),
    ),
)

user_task_candidate = Table(
    "user_task_candidate",
    metadata,
    Column("user_task_key", Key, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),  # group or user
    Column("name", String(120), primary_key=True),
    Index(None, "kind", "name", "user_task_key"),
)

task_draft = Table(
    "task_draft",
    metadata,
    Column("user_task_key", Key, primary_key=True, autoincrement=False),
    Column("username", String(120), primary_key=True),
    Column("content", Text, nullable=False),  # sealed JSON
    Column("saved_at", UtcDateTime, nullable=False),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("owner", String(120), primary_key=True),
    Column("page", String(40), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("query", JsonText, nullable=False),
    Column("shared_with", String(120)),  # a group
    Column("position", Integer, nullable=False),  # the owner's order; the first is the default
    Column("saved_at", UtcDateTime, nullable=False),
    Index(None, "shared_with", "page"),
)

# -- waits ---------------------------------------------------------------------------------------

timer = Table(
    "timer",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("repetitions", Integer, nullable=False),
    Column("process_instance_key", Key),  # None: a timer start event of a definition
    Column("element_instance_key", Key),
    Column("definition_key", Key),
    Column("element_id", String(255), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("blocked", Boolean, nullable=False, default=False),  # an incident holds it
    Index(None, "blocked", "due_at", "key"),
    Index(None, "element_instance_key"),
    Index(None, "process_instance_key"),
    Index(None, "definition_key"),
)

message_subscription = Table(
    "message_subscription",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("message_name", String(255), nullable=False),
    Column("correlation_key", String(255)),  # None: a message start event
    Column("process_instance_key", Key),
    Column("element_instance_key", Key),
    Column("definition_key", Key),
    Column("element_id", String(255), nullable=False),
    Column("interrupting", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "message_name", "correlation_key"),
    Index(None, "element_instance_key"),
    Index(None, "process_instance_key"),
    Index(None, "definition_key"),
)

message = Table(
    "message",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("name", String(255), nullable=False),
    Column("correlation_key", String(255), nullable=False),
    Column("message_id", String(255)),
    Column("variables", Text, nullable=False),  # sealed JSON
    Column("published_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    UniqueConstraint("name", "correlation_key", "message_id"),
    Index(None, "name", "correlation_key", "key"),
    Index(None, "expires_at"),
)

message_correlation = Table(
    "message_correlation",
    metadata,
    Column("message_key", Key, primary_key=True, autoincrement=False),
    Column("process_id", String(255), primary_key=True),  # once per process (Camunda 8)
    Column("process_instance_key", Key, nullable=False),
    Column("correlated_at", UtcDateTime, nullable=False),
)

signal_subscription = Table(
    "signal_subscription",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("signal_name", String(255), nullable=False),
    Column("process_instance_key", Key),  # None: a signal start event of a definition
    Column("element_instance_key", Key),
    Column("definition_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Index(None, "signal_name"),
    Index(None, "element_instance_key"),
    Index(None, "definition_key"),
)

signal = Table(  # one broadcast, until all its receivers had it
    "signal",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("name", String(255), nullable=False),
    Column("variables", Text, nullable=False),  # sealed JSON
)

signal_delivery = Table(
    "signal_delivery",
    metadata,
    Column("signal_key", Key, primary_key=True, autoincrement=False),
    Column("subscription_key", Key, primary_key=True, autoincrement=False),
    Column("process_instance_key", Key),
    Column("element_instance_key", Key),
    Column("definition_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("blocked", Boolean, nullable=False, default=False),  # an incident holds it
    Index(None, "blocked", "due_at", "signal_key", "subscription_key"),
    Index(None, "element_instance_key"),
)

# -- effects -------------------------------------------------------------------------------------

job = Table(
    "job",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("type", String(255), nullable=False),
    Column("kind", String(20), nullable=False),
    Column(
        "state", String(16), nullable=False
    ),  # CREATED, FAILED, ERROR_THROWN, COMPLETED, CANCELED
    Column("process_instance_key", Key, nullable=False),
    Column("definition_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("element_instance_key", Key, nullable=False),
    Column("headers", JsonText, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("activatable_at", UtcDateTime),  # None: not to be taken (ended, or an incident)
    Column("lease_token", String(36)),
    Column("lease_until", UtcDateTime),
    Column("worker", String(255), nullable=False, default=""),
    Column("error_code", String(255)),
    Column("error_message", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("element_instance_key"),
    Index(None, "type", "activatable_at", "key"),
    Index(None, "activatable_at"),
    Index(None, "process_instance_key"),
)

incident = Table(
    "incident",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("process_instance_key", Key, nullable=False),
    Column("definition_key", Key, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("element_instance_key", Key, nullable=False),
    Column("job_key", Key),
    Column("timer_key", Key),
    Column("message_key", Key),  # delivered again when the incident is resolved
    Column("error_type", String(60), nullable=False),
    Column("message", Text, nullable=False),
    Column("state", String(12), nullable=False),  # ACTIVE, RESOLVED
    Column("created_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Column("resolved_by", String(120)),
    Index(None, "state", "key"),
    Index(None, "process_instance_key"),
    Index(None, "element_instance_key"),
    Index(None, "message_key"),
)

# -- what happened -------------------------------------------------------------------------------

history = Table(
    "history",
    metadata,
    Column("stream_key", Key, primary_key=True, autoincrement=False),  # instance, or 0: the system
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("root_key", Key, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("element_id", String(255)),
    Column("payload", Text, nullable=False),  # canonical JSON of the whole fact
    Column("digest", LargeBinary(32), nullable=False),
    Index(None, "root_key", "at"),
    Index(None, "at"),
)

decision_evaluation = Table(
    "decision_evaluation",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("decision_key", Key, nullable=False),
    Column("process_instance_key", Key),
    Column("definition_key", Key),
    Column("element_id", String(255)),
    Column("element_instance_key", Key),
    Column("evaluated_at", UtcDateTime, nullable=False),
    Column("evaluations", Text, nullable=False),  # sealed JSON
    Column("output", Text, nullable=False),  # sealed JSON
    Index(None, "process_instance_key"),
)

# -- files ---------------------------------------------------------------------------------------

document = Table(
    "document",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("content_type", String(120), nullable=False),
    Column("size", Key, nullable=False),
    Column("process_instance_key", Key),
    Column("properties", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(120), nullable=False),
    Column("expires_at", UtcDateTime),
    Index(None, "process_instance_key"),
)

model_import = Table(
    "model_import",
    metadata,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("file_name", String(255), nullable=False),
    Column("original", LargeBinary, nullable=False),  # as it came in
    Column("bpmn", LargeBinary, nullable=False),  # translated; empty where the file was refused
    Column("forms", JsonText, nullable=False),  # of added decisions: text by file name
    Column("findings", JsonText, nullable=False),
    Column("executable", Boolean, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", String(120), nullable=False),
)

# -- people and requests -------------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    Column("username", String(120), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("email", String(255)),
    Column("password_hash", String(255)),
    Column("enabled", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("language", String(8)),  # that of the pages; None: the browser's
    Column("created_at", UtcDateTime, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("group_id", String(120), primary_key=True),
    Column("username", String(120), primary_key=True),
    Index(None, "username"),
)

user_group = Table(
    "user_group",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("name", String(255), nullable=False),
)

client = Table(
    "client",
    metadata,
    Column("id", String(120), primary_key=True),  # OAuth2 client_id
    Column("secret_hash", String(64), nullable=False),
    Column("username", String(120), nullable=False),  # acts as this account
    Column("created_at", UtcDateTime, nullable=False),
)

access_token = Table(
    "access_token",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("username", String(120), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "expires_at"),
    Index(None, "username"),
)

web_session = Table(
    "web_session",
    metadata,
    Column("id", String(32), primary_key=True),  # shown to people; the token is never stored
    Column("sha256", String(64), nullable=False),
    Column("username", String(120), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("agent", String(255), nullable=False),  # what the browser says it is
    UniqueConstraint("sha256"),
    Index(None, "username", "created_at"),
    Index(None, "expires_at"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("username", String(120), primary_key=True),
    Column("idempotency_key", String(255), primary_key=True),
    Column("request_sha256", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", String(120), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "created_at"),
)
