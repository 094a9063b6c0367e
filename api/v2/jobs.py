"""``/v2/jobs``: work for connectors and outside workers."""

from collections.abc import Sequence
from datetime import timedelta

from api.context import Context
from api.errors import BadRequest
from api.operation import operation
from api.v2.models.jobs import (
    ActivatedJobResult,
    JobActivationRequest,
    JobActivationResult,
    JobCompletionRequest,
    JobErrorRequest,
    JobFailRequest,
    JobKind,
    JobSearchQuery,
    JobSearchQueryResult,
    JobUpdateRequest,
)
from api.v2.models.search import asked, found
from api.v2.support import not_supported
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSupported
from engine.services.jobs import ActivatedJob

TAG = "Job"
LONGEST_WAIT = timedelta(seconds=10)
"""A worker that waits longer asks again; so a stopping server is not held up."""


@operation(
    "POST",
    "/v2/jobs/activation",
    tag=TAG,
    summary="Activate jobs",
    errors=(Forbidden, InvalidInput, NotSupported),
)
def activate_jobs(context: Context, body: JobActivationRequest) -> JobActivationResult:
    """Take jobs of one type under a lease; without any, wait up to `requestTimeout`.

    The server waits 10 seconds at most, and fewer workers than it has threads may wait at once.
    A worker that hangs up is given no job: what it would not hear of is offered to others.
    """
    not_supported(withLease=body.with_lease)
    jobs = _activate(context, body)
    if not jobs and body.request_timeout >= 0:
        wanted = timedelta(milliseconds=body.request_timeout) or LONGEST_WAIT
        context.application.queries.job_wait.wait(
            body.type,
            longest=min(wanted, LONGEST_WAIT),
            at_most=context.application.settings.threads // 2,
            given_up=context.caller_left,
        )
        jobs = () if context.caller_left() else _activate(context, body)
    if jobs and context.caller_left():
        context.application.jobs.release(jobs)
        jobs = ()
    return JobActivationResult(jobs=tuple(_activated(job) for job in jobs))


@operation(
    "POST",
    "/v2/jobs/search",
    tag=TAG,
    summary="Search jobs",
    errors=(InvalidInput,),
)
def search_jobs(context: Context, body: JobSearchQuery | None) -> JobSearchQueryResult:
    """Find jobs of the process instances that you may see."""
    jobs = context.application.queries.instances.jobs
    return found(JobSearchQueryResult, jobs.search(context.actor, asked(body)))


@operation(
    "POST",
    "/v2/jobs/<key:key>/completion",
    tag=TAG,
    status=204,
    summary="Complete a job",
    errors=(NotFound, Forbidden, Conflict, NotSupported),
)
def complete_job(context: Context, key: int, body: JobCompletionRequest | None) -> None:
    """Report success; the process goes on with the variables."""
    given = body or JobCompletionRequest()
    not_supported(
        result=given.result, businessId=given.business_id, jobLeaseToken=given.job_lease_token
    )
    context.application.jobs.complete(context.actor, key, given.variables or {})


@operation(
    "POST",
    "/v2/jobs/<key:key>/failure",
    tag=TAG,
    status=204,
    summary="Fail a job",
    errors=(NotFound, Forbidden, Conflict, NotSupported),
)
def fail_job(context: Context, key: int, body: JobFailRequest | None) -> None:
    """Report a failure. With no retries left it becomes an incident."""
    given = body or JobFailRequest()
    not_supported(jobLeaseToken=given.job_lease_token)
    context.application.jobs.fail(
        context.actor,
        key,
        retries=given.retries,
        error_message=given.error_message,
        retry_backoff=timedelta(milliseconds=given.retry_back_off),
        variables=given.variables,
    )


@operation(
    "POST",
    "/v2/jobs/<key:key>/error",
    tag=TAG,
    status=204,
    summary="Throw a BPMN error for a job",
    errors=(NotFound, Forbidden, Conflict, NotSupported),
)
def throw_job_error(context: Context, key: int, body: JobErrorRequest) -> None:
    """Report a business outcome that an error event of the diagram handles."""
    not_supported(jobLeaseToken=body.job_lease_token)
    context.application.jobs.throw_error(
        context.actor,
        key,
        error_code=body.error_code,
        error_message=body.error_message or "",
        variables=body.variables or {},
    )


@operation(
    "PATCH",
    "/v2/jobs/<key:key>",
    tag=TAG,
    status=204,
    summary="Update a job",
    errors=(NotFound, Forbidden, Conflict, InvalidInput, NotSupported),
)
def update_job(context: Context, key: int, body: JobUpdateRequest) -> None:
    """Change the retries left, or how much longer the lease lasts (`timeout`)."""
    changes = body.changeset
    not_supported(priority=changes.priority, jobLeaseToken=body.job_lease_token)
    if changes.retries is None and changes.timeout is None:
        raise BadRequest("/changeset: name at least one thing to change.")
    timeout = None if changes.timeout is None else timedelta(milliseconds=changes.timeout)
    context.application.jobs.update(context.actor, key, retries=changes.retries, timeout=timeout)


def _activate(context: Context, body: JobActivationRequest) -> Sequence[ActivatedJob]:
    return context.application.jobs.activate(
        context.actor,
        types=[body.type],
        worker=body.worker,
        timeout=timedelta(milliseconds=body.timeout),
        max_jobs=body.max_jobs_to_activate,
        fetch_variables=body.fetch_variable,
    )


def _activated(job: ActivatedJob) -> ActivatedJobResult:
    row = job.row
    if row.lease_until is None:
        raise AssertionError(f"job {row.key} was activated without a lease")
    return ActivatedJobResult(
        job_key=row.key,
        type=row.type,
        kind=JobKind(row.kind),
        worker=row.worker,
        retries=row.retries,
        deadline=int(row.lease_until.timestamp() * 1_000),
        custom_headers=row.headers,
        variables=dict(job.variables),
        element_id=row.element_id,
        element_instance_key=row.element_instance_key,
        process_instance_key=row.process_instance_key,
        root_process_instance_key=job.root_key,
        process_definition_key=row.definition_key,
        process_definition_id=job.process_id,
        process_definition_version=job.process_version,
        business_id=job.business_id,
        tags=job.tags,
    )
