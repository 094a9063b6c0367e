"""What runs without being asked: due timers and the jobs of the built-in connectors."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from engine.connectors.call import BusinessError, Connector, ConnectorCall
from engine.domain.identity import ENGINE
from engine.errors import ConnectorError, ConnectorUnavailable, RedressError
from engine.jobs.executor import JobExecutor
from engine.jobs.retry import RetryPolicy
from engine.jobs.scheduler import Waker
from engine.persistence.stores import jobs
from engine.services.context import Context
from engine.services.jobs import ActivatedJob, JobService
from engine.services.publish_message import PUBLISH_MESSAGE, PublishMessage
from engine.services.timers import TimerService

WORKER = "redress"
LEASE = timedelta(minutes=5)
POOL_SIZE = 4
RESULT_VARIABLE = "resultVariable"

_log = structlog.get_logger(__name__)


class Background:
    """Fires timers and runs connector jobs, woken by `Waker` at the next due time."""

    def __init__(
        self,
        context: Context,
        *,
        connectors: Mapping[str, Connector],
        job_service: JobService,
        timer_service: TimerService,
        policy: RetryPolicy,
    ) -> None:
        self._context = context
        self._connectors = connectors
        self._jobs = job_service
        self._timers = timer_service
        self._policy = policy
        self._publish = PublishMessage(context)
        self._types = frozenset(connectors) | {PUBLISH_MESSAGE}
        self._executor: JobExecutor[ActivatedJob] = JobExecutor(
            pool_size=POOL_SIZE, claim=self._claim, run=self._run
        )
        self._waker = Waker(self._run_due, clock=context.clock)

    def start(self) -> None:
        """Start working, now and whenever something is due."""
        self._context.woken.append(self.wake)
        self._executor.start()
        self._waker.start()

    def stop(self) -> None:
        """Finish what is in hand and take nothing more."""
        self._waker.stop()
        self._executor.stop()

    def run_until_idle(self) -> None:
        """Do all that is due, in this thread; for virtual time and tests.

        Jobs that the pool is running end first: their leases must not run out on a clock that
        is about to jump.
        """
        self._executor.wait_for_running()
        while self._timers.fire_due() + self._executor.run_until_idle():
            pass

    def settle(self) -> datetime | None:
        """Do all that is due and return when the next thing is, with nothing left running."""
        while True:
            self.run_until_idle()
            due = self.next_due()
            if not self._executor.is_running:
                return due

    def next_due(self) -> datetime | None:
        """Return when something happens next, or None if nothing is planned."""
        with self._context.database.read() as connection:
            job_due = jobs.next_due(connection, self._types)
        times = [t for t in (self._timers.next_due(), job_due) if t is not None]
        return min(times, default=None)

    def wake(self) -> None:
        """Look again at when the next thing is due."""
        due = self.next_due()
        if due is not None:
            self._waker.wake_at(due)

    def _run_due(self) -> datetime | None:
        self._timers.fire_due()
        self._executor.poke()
        due = self.next_due()
        # What is due at this moment is already in the executor's hands.
        return due if due is None or due > self._context.clock.now() else None

    def _claim(self, count: int) -> list[ActivatedJob]:
        return self._jobs.activate(
            ENGINE, types=self._types, worker=WORKER, timeout=LEASE, max_jobs=count
        )

    def _run(self, job: ActivatedJob) -> None:
        try:
            if job.row.type == PUBLISH_MESSAGE:
                self._publish.complete(job)
                return
            result = self._connectors[job.row.type].execute(_call(job, self._context))
        except BusinessError as error:
            self._jobs.throw_error(ENGINE, job.key, error_code=error.code, error_message=str(error))
        except ConnectorUnavailable as error:
            self._fail(job, str(error), retries=job.row.retries - 1)
        except (ConnectorError, RedressError) as error:
            self._fail(job, str(error), retries=0)
        except Exception as error:
            _log.exception("connector failed unexpectedly", job_key=job.key, type=job.row.type)
            self._fail(job, f"{type(error).__name__}: {error}", retries=job.row.retries - 1)
        else:
            name = job.row.headers.get(RESULT_VARIABLE)
            self._jobs.complete(ENGINE, job.key, {name: dict(result)} if name else {})

    def _fail(self, job: ActivatedJob, message: str, *, retries: int) -> None:
        now = self._context.clock.now()
        again_at = self._policy.next_attempt_at(
            failed_attempts=job.row.attempts, failed_at=now, key=job.idempotency_key
        )
        self._jobs.fail(
            ENGINE,
            job.key,
            retries=retries,
            error_message=message,
            retry_backoff=again_at - now,
        )


def _call(job: ActivatedJob, context: Context) -> ConnectorCall:
    return ConnectorCall(
        idempotency_key=job.idempotency_key,
        inputs=job.variables,
        now=context.clock.now(),
        process_instance_key=job.row.process_instance_key,
        element_id=job.row.element_id,
    )
