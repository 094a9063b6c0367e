"""What the Camunda 8 REST API has and Redress has not: answered 501 by name, never 404.

Each row is the beginning of a path (``{}`` stands for one key or id) with its name; it covers
everything below. An operation that exists is matched first, by its longer rule.
"""

from collections.abc import Callable

from flask import Blueprint, Response

from engine.errors import NotSupported

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

MISSING: dict[str, str] = {
    "/cluster/v2": "cluster administration",
    "/v2/cluster": "cluster administration",
    "/v2/agent-definitions": "agent definitions",
    "/v2/agent-instances": "agent instances",
    "/v2/audit-logs": "audit logs (read the history of a case under /api/cases)",
    "/v2/authentication/me/authorizations": "searching one's own authorizations",
    "/v2/authorizations": "authorizations (rights come from groups)",
    "/v2/backups": "backups over HTTP",
    "/v2/batch-operation-items": "batch operations",
    "/v2/batch-operations": "batch operations",
    "/v2/cluster-variables": "cluster variables",
    "/v2/conditionals": "conditional start events",
    "/v2/correlated-message-subscriptions": "searching correlated message subscriptions",
    "/v2/decision-instances/deletion": "deleting decision instances",
    "/v2/decision-instances/{}/deletion": "deleting decision instances",
    "/v2/documents/batch": "uploading several documents at once",
    "/v2/documents/{}/links": "links to documents",
    "/v2/element-instances/ad-hoc-activities": "ad-hoc sub-processes",
    "/v2/element-instances/wait-states": "searching wait states",
    "/v2/exporting": "exporting",
    "/v2/expression": "evaluating an expression",
    "/v2/global-task-listeners": "global task listeners",
    "/v2/groups/{}/clients": "clients in groups (a client acts as its account)",
    "/v2/groups/{}/mapping-rules": "mapping rules",
    "/v2/groups/{}/roles": "roles of groups (a group whose id is a role grants it)",
    "/v2/incidents/statistics": "statistics of incidents",
    "/v2/jobs/batch-update": "updating several jobs at once",
    "/v2/jobs/statistics": "statistics of jobs",
    "/v2/mapping-rules": "mapping rules",
    "/v2/mode": "cluster modes",
    "/v2/process-definitions/statistics": "statistics of process definitions",
    "/v2/process-definitions/{}/statistics": "statistics of process definitions",
    "/v2/process-definitions/{}/variable-names": "searching the variable names of a process",
    "/v2/process-instances/cancellation": "cancelling several process instances at once",
    "/v2/process-instances/deletion": "deleting process instances",
    "/v2/process-instances/incident-resolution": "resolving several incidents at once",
    "/v2/process-instances/migration": "migrating process instances",
    "/v2/process-instances/modification": "modifying process instances",
    "/v2/process-instances/resumption": "resuming process instances",
    "/v2/process-instances/suspension": "suspending process instances",
    "/v2/process-instances/{}/business-id-assignment": "changing a business id",
    "/v2/process-instances/{}/call-hierarchy": "the call hierarchy of a process instance",
    "/v2/process-instances/{}/deletion": "deleting a process instance",
    "/v2/process-instances/{}/incident-resolution": "resolving all incidents of an instance",
    "/v2/process-instances/{}/migration": "migrating a process instance",
    "/v2/process-instances/{}/modification": "modifying a process instance",
    "/v2/process-instances/{}/resumption": "resuming a process instance",
    "/v2/process-instances/{}/sequence-flows": "the sequence flows that an instance took",
    "/v2/process-instances/{}/statistics": "statistics of a process instance",
    "/v2/process-instances/{}/suspension": "suspending a process instance",
    "/v2/resources/{}/content": "the content of a resource as JSON (use /content/binary)",
    "/v2/resources/{}/deletion": "deleting a resource",
    "/v2/restore": "restoring over HTTP",
    "/v2/roles": "roles (a group whose id is a role grants it)",
    "/v2/secrets": "secrets",
    "/v2/setup": "setting up over HTTP (use `redress user add`)",
    "/v2/system": "system configuration and usage metrics",
    "/v2/tenants": "tenants",
    "/v2/user-tasks/{}/audit-logs": "the audit log of a user task",
}


def gaps_blueprint() -> Blueprint:
    """Make the blueprint that answers 501 for every row of the table."""
    made = Blueprint("gaps", __name__)
    for number, (beginning, name) in enumerate(MISSING.items()):
        rule = beginning.replace("{}", "<_key>")
        view = _refusing(name)
        made.add_url_rule(rule, f"gap-{number}", view, methods=_METHODS)
        made.add_url_rule(f"{rule}/<path:_rest>", f"gap-{number}-below", view, methods=_METHODS)
    return made


def _refusing(name: str) -> Callable[..., Response]:
    def refuse(**_path: str) -> Response:
        raise NotSupported(f"Redress does not have this part of the Camunda 8 API: {name}")

    return refuse
