"""Process instances and the element instances in them."""

from sqlalchemy import exists

from engine.domain.views import ElementInstanceView, ProcessInstanceView
from engine.persistence.schema import (
    definition,
    element_instance,
    incident,
    job,
    process_instance,
    variable,
)
from engine.persistence.search.catalogue import Catalogue, Related, on
from engine.persistence.search.common import (
    OF_INSTANCE,
    active_incident,
    active_incident_key,
    has_tags,
    variable_matches,
    with_definition,
    with_instance,
)

_failed_job_with_retries = exists().where(
    job.c.process_instance_key == process_instance.c.key, job.c.state == "FAILED", job.c.retries > 0
)

PROCESS_INSTANCES = Catalogue(
    view=ProcessInstanceView,
    source=with_definition(process_instance),
    key="process_instance_key",
    columns={
        **OF_INSTANCE,
        "process_definition_name": definition.c.name,
        "process_definition_version": definition.c.version,
        "process_definition_version_tag": definition.c.version_tag,
        "parent_process_instance_key": process_instance.c.parent_key,
        "parent_element_instance_key": process_instance.c.parent_element_instance_key,
        "business_id": process_instance.c.business_id,
        "state": process_instance.c.state,
        "has_incident": process_instance.c.incident_count > 0,
        "tags": process_instance.c.tags,
        "start_date": process_instance.c.started_at,
        "end_date": process_instance.c.ended_at,
    },
    matches={
        "tags": has_tags,
        "variables": variable_matches(variable.c.process_instance_key == process_instance.c.key),
        "has_retries_left": on(_failed_job_with_retries),
    },
    related=(
        Related(
            link=element_instance.c.process_instance_key == process_instance.c.key,
            columns={
                "element_id": element_instance.c.element_id,
                "element_instance_state": element_instance.c.state,
                "has_element_instance_incident": active_incident(element_instance.c.key),
            },
        ),
        Related(
            link=(incident.c.process_instance_key == process_instance.c.key)
            & (incident.c.state == "ACTIVE"),
            columns={"error_message": incident.c.message},
        ),
    ),
)

ELEMENT_INSTANCES = Catalogue(
    view=ElementInstanceView,
    source=with_instance(element_instance),
    key="element_instance_key",
    columns={
        **OF_INSTANCE,
        "element_instance_key": element_instance.c.key,
        "process_instance_key": element_instance.c.process_instance_key,
        "element_id": element_instance.c.element_id,
        "element_name": element_instance.c.element_id,
        "type": element_instance.c.element_type,
        "state": element_instance.c.state,
        "has_incident": active_incident(element_instance.c.key),
        "incident_key": active_incident_key(element_instance.c.key),
        "start_date": element_instance.c.started_at,
        "end_date": element_instance.c.ended_at,
    },
    matches={"element_instance_scope_key": on(element_instance.c.scope_key)},
)
