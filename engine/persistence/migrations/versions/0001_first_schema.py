"""The first schema."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import JsonText, Key, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "access_token",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_access_token")),
    )
    with op.batch_alter_table("access_token", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_token_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_access_token_username"), ["username"], unique=False)

    op.create_table(
        "account",
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_account")),
    )
    op.create_table(
        "bundle_member",
        sa.Column("deployment_key", Key, autoincrement=False, nullable=False),
        sa.Column("definition_key", Key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("deployment_key", "definition_key", name=op.f("pk_bundle_member")),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("segment", sa.String(length=20), nullable=False),
        sa.Column("channels", JsonText(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("last_surveyed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_table(
        "customer_order",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("customer_id", sa.String(length=120), nullable=False),
        sa.Column("ordered_at", UtcDateTime(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("store_id", sa.String(length=120), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("paid_minor", Key, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_order")),
    )
    with op.batch_alter_table("customer_order", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_order_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "decision_evaluation",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("decision_key", Key, nullable=False),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("definition_key", Key, nullable=True),
        sa.Column("element_id", sa.String(length=255), nullable=True),
        sa.Column("element_instance_key", Key, nullable=True),
        sa.Column("evaluated_at", UtcDateTime(), nullable=False),
        sa.Column("evaluations", sa.Text(), nullable=False),
        sa.Column("output", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision_evaluation")),
    )
    with op.batch_alter_table("decision_evaluation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_evaluation_process_instance_key"),
            ["process_instance_key"],
            unique=False,
        )

    op.create_table(
        "definition",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=255), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("deployment_key", Key, nullable=False),
        sa.Column("resource_key", Key, nullable=False),
        sa.Column("drg_key", Key, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_definition")),
        sa.UniqueConstraint("kind", "id", "version", name=op.f("uq_definition_kind_id_version")),
    )
    with op.batch_alter_table("definition", schema=None) as batch_op:
        batch_op.create_index(
            "ix_definition_deployment", ["deployment_key", "kind", "id"], unique=False
        )

    op.create_table(
        "deployment",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("deployed_at", UtcDateTime(), nullable=False),
        sa.Column("deployed_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deployment")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=120), nullable=False),
        sa.Column("size", Key, nullable=False),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("properties", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_table(
        "element_instance",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("element_type", sa.String(length=60), nullable=False),
        sa.Column("scope_key", Key, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_element_instance")),
    )
    with op.batch_alter_table("element_instance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_element_instance_process_instance_key"),
            ["process_instance_key"],
            unique=False,
        )

    op.create_table(
        "history",
        sa.Column("stream_key", Key, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root_key", Key, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("stream_key", "sequence", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_history_root_key_at"), ["root_key", "at"], unique=False
        )

    op.create_table(
        "idempotency",
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("username", "idempotency_key", name=op.f("pk_idempotency")),
    )
    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_created_at"), ["created_at"], unique=False)

    op.create_table(
        "incident",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("element_instance_key", Key, nullable=False),
        sa.Column("job_key", Key, nullable=True),
        sa.Column("timer_key", Key, nullable=True),
        sa.Column("error_type", sa.String(length=60), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incident_element_instance_key"), ["element_instance_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incident_process_instance_key"), ["process_instance_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_incident_state_key"), ["state", "key"], unique=False)

    op.create_table(
        "job",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("element_instance_key", Key, nullable=False),
        sa.Column("headers", JsonText(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("activatable_at", UtcDateTime(), nullable=True),
        sa.Column("lease_token", sa.String(length=36), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("worker", sa.String(length=255), nullable=False),
        sa.Column("error_code", sa.String(length=255), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
        sa.UniqueConstraint("element_instance_key", name=op.f("uq_job_element_instance_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_activatable_at"), ["activatable_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_job_process_instance_key"), ["process_instance_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_job_type_activatable_at_key"),
            ["type", "activatable_at", "key"],
            unique=False,
        )

    op.create_table(
        "key_block",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("next_key", Key, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_block")),
    )
    op.create_table(
        "loyalty_entry",
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("customer_id", sa.String(length=120), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("booked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_loyalty_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_loyalty_entry_id")),
    )
    with op.batch_alter_table("loyalty_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_loyalty_entry_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("group_id", sa.String(length=120), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "username", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_username"), ["username"], unique=False)

    op.create_table(
        "message",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("correlation_key", sa.String(length=255), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "name",
            "correlation_key",
            "message_id",
            name=op.f("uq_message_name_correlation_key_message_id"),
        ),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_message_name_correlation_key_key"),
            ["name", "correlation_key", "key"],
            unique=False,
        )

    op.create_table(
        "message_correlation",
        sa.Column("message_key", Key, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("correlated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("message_key", "process_id", name=op.f("pk_message_correlation")),
    )
    op.create_table(
        "message_subscription",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("message_name", sa.String(length=255), nullable=False),
        sa.Column("correlation_key", sa.String(length=255), nullable=True),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("element_instance_key", Key, nullable=True),
        sa.Column("definition_key", Key, nullable=True),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("interrupting", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_message_subscription")),
    )
    with op.batch_alter_table("message_subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_subscription_definition_key"), ["definition_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_subscription_element_instance_key"),
            ["element_instance_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_message_subscription_message_name_correlation_key"),
            ["message_name", "correlation_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_message_subscription_process_instance_key"),
            ["process_instance_key"],
            unique=False,
        )

    op.create_table(
        "order_item",
        sa.Column("order_id", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("price_minor", Key, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("returnable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "position", name=op.f("pk_order_item")),
    )
    op.create_table(
        "process_instance",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("business_id", sa.String(length=255), nullable=True),
        sa.Column("root_key", Key, nullable=False),
        sa.Column("parent_key", Key, nullable=True),
        sa.Column("parent_element_instance_key", Key, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("incident_count", sa.Integer(), nullable=False),
        sa.Column("tags", JsonText(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state_blob", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_instance")),
    )
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_process_instance_business_id"), ["business_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_process_instance_definition_key_state"),
            ["definition_key", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_process_instance_parent_element_instance_key"),
            ["parent_element_instance_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_process_instance_root_key"), ["root_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_process_instance_state_key"), ["state", "key"], unique=False
        )

    op.create_table(
        "refund",
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("order_id", sa.String(length=120), nullable=False),
        sa.Column("amount_minor", Key, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("refunded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_refund")),
        sa.UniqueConstraint("id", name=op.f("uq_refund_id")),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_order_id"), ["order_id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_resource")),
    )
    op.create_table(
        "sent_mail",
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_sent_mail")),
    )
    with op.batch_alter_table("sent_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_mail_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "sent_webhook",
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_sent_webhook")),
    )
    with op.batch_alter_table("sent_webhook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_webhook_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "store",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("city", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
    )
    op.create_table(
        "timer",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("element_instance_key", Key, nullable=True),
        sa.Column("definition_key", Key, nullable=True),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_timer_blocked_due_at_key"), ["blocked", "due_at", "key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_timer_definition_key"), ["definition_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_timer_element_instance_key"), ["element_instance_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_timer_process_instance_key"), ["process_instance_key"], unique=False
        )

    op.create_table(
        "user_group",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_group")),
    )
    op.create_table(
        "user_task",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("element_instance_key", Key, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("assignee", sa.String(length=120), nullable=True),
        sa.Column("candidate_groups", JsonText(), nullable=False),
        sa.Column("candidate_users", JsonText(), nullable=False),
        sa.Column("form_key", Key, nullable=True),
        sa.Column("due_date", UtcDateTime(), nullable=True),
        sa.Column("follow_up_date", UtcDateTime(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("properties", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("completed_by", sa.String(length=120), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_user_task")),
        sa.UniqueConstraint("element_instance_key", name=op.f("uq_user_task_element_instance_key")),
    )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_task_assignee_state_due_date"),
            ["assignee", "state", "due_date"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_user_task_process_instance_key_element_id"),
            ["process_instance_key", "element_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_user_task_state_due_date_key"),
            ["state", "due_date", "key"],
            unique=False,
        )

    op.create_table(
        "user_task_candidate",
        sa.Column("user_task_key", Key, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint(
            "user_task_key", "kind", "name", name=op.f("pk_user_task_candidate")
        ),
    )
    with op.batch_alter_table("user_task_candidate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_task_candidate_kind_name_user_task_key"),
            ["kind", "name", "user_task_key"],
            unique=False,
        )

    op.create_table(
        "variable",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", Key, nullable=False),
        sa.Column("scope_key", Key, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("classification", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_variable")),
        sa.UniqueConstraint("scope_key", "name", name=op.f("uq_variable_scope_key_name")),
    )
    with op.batch_alter_table("variable", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_variable_name_process_instance_key"),
            ["name", "process_instance_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_variable_process_instance_key"), ["process_instance_key"], unique=False
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("variable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_variable_process_instance_key"))
        batch_op.drop_index(batch_op.f("ix_variable_name_process_instance_key"))

    op.drop_table("variable")
    with op.batch_alter_table("user_task_candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_task_candidate_kind_name_user_task_key"))

    op.drop_table("user_task_candidate")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_task_state_due_date_key"))
        batch_op.drop_index(batch_op.f("ix_user_task_process_instance_key_element_id"))
        batch_op.drop_index(batch_op.f("ix_user_task_assignee_state_due_date"))

    op.drop_table("user_task")
    op.drop_table("user_group")
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timer_process_instance_key"))
        batch_op.drop_index(batch_op.f("ix_timer_element_instance_key"))
        batch_op.drop_index(batch_op.f("ix_timer_definition_key"))
        batch_op.drop_index(batch_op.f("ix_timer_blocked_due_at_key"))

    op.drop_table("timer")
    op.drop_table("store")
    op.drop_table("setting")
    with op.batch_alter_table("sent_webhook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_webhook_sent_at"))

    op.drop_table("sent_webhook")
    with op.batch_alter_table("sent_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_mail_sent_at"))

    op.drop_table("sent_mail")
    op.drop_table("resource")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refund_order_id"))

    op.drop_table("refund")
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_instance_state_key"))
        batch_op.drop_index(batch_op.f("ix_process_instance_root_key"))
        batch_op.drop_index(batch_op.f("ix_process_instance_parent_element_instance_key"))
        batch_op.drop_index(batch_op.f("ix_process_instance_definition_key_state"))
        batch_op.drop_index(batch_op.f("ix_process_instance_business_id"))

    op.drop_table("process_instance")
    op.drop_table("order_item")
    with op.batch_alter_table("message_subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_subscription_process_instance_key"))
        batch_op.drop_index(batch_op.f("ix_message_subscription_message_name_correlation_key"))
        batch_op.drop_index(batch_op.f("ix_message_subscription_element_instance_key"))
        batch_op.drop_index(batch_op.f("ix_message_subscription_definition_key"))

    op.drop_table("message_subscription")
    op.drop_table("message_correlation")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_name_correlation_key_key"))
        batch_op.drop_index(batch_op.f("ix_message_expires_at"))

    op.drop_table("message")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_username"))

    op.drop_table("membership")
    with op.batch_alter_table("loyalty_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loyalty_entry_customer_id"))

    op.drop_table("loyalty_entry")
    op.drop_table("key_block")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_type_activatable_at_key"))
        batch_op.drop_index(batch_op.f("ix_job_process_instance_key"))
        batch_op.drop_index(batch_op.f("ix_job_activatable_at"))

    op.drop_table("job")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_state_key"))
        batch_op.drop_index(batch_op.f("ix_incident_process_instance_key"))
        batch_op.drop_index(batch_op.f("ix_incident_element_instance_key"))

    op.drop_table("incident")
    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_created_at"))

    op.drop_table("idempotency")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_root_key_at"))

    op.drop_table("history")
    with op.batch_alter_table("element_instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_element_instance_process_instance_key"))

    op.drop_table("element_instance")
    op.drop_table("document")
    op.drop_table("deployment")
    with op.batch_alter_table("definition", schema=None) as batch_op:
        batch_op.drop_index("ix_definition_deployment")

    op.drop_table("definition")
    with op.batch_alter_table("decision_evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_evaluation_process_instance_key"))

    op.drop_table("decision_evaluation")
    with op.batch_alter_table("customer_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_order_customer_id"))

    op.drop_table("customer_order")
    op.drop_table("customer")
    op.drop_table("client")
    op.drop_table("bundle_member")
    op.drop_table("account")
    with op.batch_alter_table("access_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_token_username"))
        batch_op.drop_index(batch_op.f("ix_access_token_expires_at"))

    op.drop_table("access_token")
