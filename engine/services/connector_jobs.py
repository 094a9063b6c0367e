"""Jobs of the built-in connectors: taken, carried out, and answered for whatever happens."""

import os
import socket
from collections.abc import Collection, Mapping
from datetime import timedelta

import structlog

from engine.connectors.call import BusinessError, Connector, ConnectorCall
from engine.domain.identity import ENGINE
from engine.errors import (
    Conflict,
    ConnectorRejected,
    ConnectorUnavailable,
    RedressError,
    StorageFull,
    Unavailable,
)
from engine.feel import compile_expression
from engine.jobs.retry import RetryPolicy
from engine.points import Point, reached
from engine.services.context import Context
from engine.services.jobs import ActivatedJob, JobService
from engine.services.publish_message import PUBLISH_MESSAGE, PublishMessage

LEASE = timedelta(seconds=25)
"""A dead node's jobs go on in 30 s; a living node prolongs it (`ConnectorJobs.prolong`)."""
RESULT_VARIABLE = "resultVariable"
RETRY_BACKOFF = "retryBackoff"
_UNDERSTOOD = frozenset({RESULT_VARIABLE, RETRY_BACKOFF})

_log = structlog.get_logger(__name__)


class ConnectorJobs:
    """Takes jobs that a connector can do, and does them.

    A failure that may pass is retried, after the header ``retryBackoff`` or else after the
    policy's growing delays; one that cannot pass becomes an incident at once. The header
    ``resultVariable`` names the variable that gets the result.
    """

    def __init__(
        self,
        context: Context,
        connectors: Mapping[str, Connector],
        jobs: JobService,
        policy: RetryPolicy,
    ) -> None:
        self._context = context
        self._connectors = connectors
        self._jobs = jobs
        self._policy = policy
        self._publish = PublishMessage(context)
        self._worker = f"redress {socket.gethostname()} {os.getpid()}"

    @property
    def types(self) -> Collection[str]:
        """The job types that are done here."""
        return frozenset(self._connectors) | {PUBLISH_MESSAGE}

    def claim(self, count: int) -> list[ActivatedJob]:
        """Take up to *count* jobs."""
        taken = self._jobs.activate(
            ENGINE, types=self.types, worker=self._worker, timeout=LEASE, max_jobs=count
        )
        if taken:
            reached(Point.JOBS_LEASED)
        return taken

    def run(self, job: ActivatedJob) -> None:
        """Do one job and report how it went; raises nothing that a person should see."""
        try:
            self._do_and_report(job)
        except Conflict as error:
            _log.info(
                "nobody waits for the job", job_key=job.key, type=job.row.type, why=str(error)
            )
        except (Unavailable, StorageFull) as error:
            _log.warning(
                "the result of the job is lost; it is done again when its lease has run out",
                job_key=job.key,
                type=job.row.type,
                why=str(error),
            )

    def prolong(self, job: ActivatedJob) -> None:
        """Keep the job, whose connector still waits for an answer, from other nodes."""
        token = job.row.lease_token or ""
        if not self._jobs.prolong(job.key, lease_token=token, timeout=LEASE):
            _log.warning("a job is in hand that was given to another node", job_key=job.key)

    def _do_and_report(self, job: ActivatedJob) -> None:
        try:
            self._do(job)
        except BusinessError as error:
            self._throw(job, error)
        except (Conflict, Unavailable, StorageFull):
            raise
        except ConnectorUnavailable as error:
            self._fail(job, str(error), retries=job.row.retries - 1)
        except RedressError as error:
            self._fail(job, str(error), retries=0)
        except Exception as error:
            _log.exception("connector failed unexpectedly", job_key=job.key, type=job.row.type)
            self._fail(job, f"{type(error).__name__}: {error}", retries=job.row.retries - 1)

    def _do(self, job: ActivatedJob) -> None:
        unknown = sorted(set(job.row.headers) - _UNDERSTOOD)
        if unknown:
            raise ConnectorRejected(
                f"the task header {unknown[0]!r} is not understood here; "
                f"{', '.join(sorted(_UNDERSTOOD))} are"
            )
        if job.row.type == PUBLISH_MESSAGE:
            self._publish.complete(job)
            return
        result = self._connectors[job.row.type].execute(_call(job, self._context))
        reached(Point.JOB_CALLED)
        name = job.row.headers.get(RESULT_VARIABLE)
        self._jobs.complete(
            ENGINE,
            job.key,
            {name: dict(result)} if name else {},
            lease_token=job.row.lease_token,
        )
        reached(Point.JOB_RECORDED)

    def _throw(self, job: ActivatedJob, error: BusinessError) -> None:
        self._jobs.throw_error(
            ENGINE,
            job.key,
            error_code=error.code,
            error_message=str(error),
            lease_token=job.row.lease_token,
        )

    def _fail(self, job: ActivatedJob, message: str, *, retries: int) -> None:
        self._jobs.fail(
            ENGINE,
            job.key,
            retries=retries,
            error_message=message,
            retry_backoff=self._delay(job),
            lease_token=job.row.lease_token,
        )

    def _delay(self, job: ActivatedJob) -> timedelta:
        fixed = _as_duration(job.row.headers.get(RETRY_BACKOFF))
        if fixed is not None:
            return fixed
        now = self._context.clock.now()
        again_at = self._policy.next_attempt_at(
            failed_attempts=job.row.attempts, failed_at=now, key=job.idempotency_key
        )
        return again_at - now


def _as_duration(text: str | None) -> timedelta | None:
    if text is None:
        return None
    value = compile_expression("duration(text)").evaluate({"text": text})
    return value if isinstance(value, timedelta) else None


def _call(job: ActivatedJob, context: Context) -> ConnectorCall:
    return ConnectorCall(
        idempotency_key=job.idempotency_key,
        inputs=job.variables,
        now=context.clock.now(),
        process_instance_key=job.row.process_instance_key,
        element_id=job.row.element_id,
    )
