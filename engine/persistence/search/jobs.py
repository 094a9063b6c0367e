"""Jobs and the incidents they, and everything else, end in."""

from datetime import datetime

from sqlalchemy import Connection, exists, select

from engine.domain.views import IncidentView, JobView
from engine.persistence.schema import incident, job, process_instance
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.common import OF_INSTANCE, with_instance

JOBS = Catalogue(
    view=JobView,
    source=with_instance(job),
    key="job_key",
    columns={
        **OF_INSTANCE,
        "job_key": job.c.key,
        "process_instance_key": job.c.process_instance_key,
        "process_definition_key": job.c.definition_key,
        "type": job.c.type,
        "kind": job.c.kind,
        "state": job.c.state,
        "worker": job.c.worker,
        "retries": job.c.retries,
        "deadline": job.c.lease_until,
        "error_code": job.c.error_code,
        "error_message": job.c.error_message,
        "has_failed_with_retries_left": (job.c.state == "FAILED") & (job.c.retries > 0),
        "custom_headers": job.c.headers,
        "element_id": job.c.element_id,
        "element_instance_key": job.c.element_instance_key,
        "business_id": process_instance.c.business_id,
        "creation_time": job.c.created_at,
        "last_update_time": job.c.updated_at,
        "end_time": job.c.ended_at,
    },
)

INCIDENTS = Catalogue(
    view=IncidentView,
    source=with_instance(incident).outerjoin(job, job.c.key == incident.c.job_key),
    key="incident_key",
    columns={
        **OF_INSTANCE,
        "incident_key": incident.c.key,
        "process_instance_key": incident.c.process_instance_key,
        "process_definition_key": incident.c.definition_key,
        "error_type": incident.c.error_type,
        "error_message": incident.c.message,
        "state": incident.c.state,
        "creation_time": incident.c.created_at,
        "element_id": incident.c.element_id,
        "element_instance_key": incident.c.element_instance_key,
        "job_key": incident.c.job_key,
        "job_type": job.c.type,
        "business_id": process_instance.c.business_id,
    },
)


def is_any_activatable(connection: Connection, type: str, now: datetime) -> bool:
    """Tell whether a worker that asks for jobs of that type would get one."""
    waiting = exists().where(job.c.type == type, job.c.activatable_at <= now)
    return bool(connection.execute(select(waiting)).scalar_one())
