"""``/v2/topology``, ``/v2/status``, ``/v2/license`` and ``/v2/authentication/me``."""

from api import __version__
from api.context import Context
from api.operation import operation
from api.v2.models.system import (
    BrokerInfo,
    CamundaUserResult,
    LicenseResponse,
    Partition,
    TenantResult,
    TopologyResponse,
)
from engine.domain.identity import Role

CONTRACT_VERSION = "8.9.0"
"""The version of the contract; clients choose what they may ask by it."""


@operation("GET", "/v2/topology", tag="Cluster", summary="Get the cluster topology")
def get_topology(context: Context) -> TopologyResponse:
    """Describe this server as a cluster of one broker that leads everything."""
    settings = context.application.settings
    partition = Partition(partition_id=1, role="leader", health="healthy", state="active")
    broker = BrokerInfo(
        node_id=0,
        broker_id="0",
        host=settings.host,
        port=settings.port,
        version=f"{CONTRACT_VERSION}+redress.{__version__}",
        partitions=(partition,),
    )
    return TopologyResponse(
        brokers=(broker,),
        cluster_id="redress",
        cluster_size=1,
        partitions_count=1,
        replication_factor=1,
        gateway_version=CONTRACT_VERSION,
        last_completed_change_id="0",
    )


@operation("GET", "/v2/status", tag="Cluster", status=204, summary="Get the status", public=True)
def get_status(context: Context) -> None:
    """Answer 204 while the server works."""
    del context


@operation("GET", "/v2/license", tag="License", summary="Get the licence", public=True)
def get_license(context: Context) -> LicenseResponse:
    """Say that Redress needs no licence: it is free software (Apache-2.0)."""
    del context
    return LicenseResponse(
        valid_license=True, license_type="Apache-2.0", is_commercial=False, expires_at=None
    )


@operation("GET", "/v2/authentication/me", tag="Authentication", summary="Get the current user")
def get_authentication(context: Context) -> CamundaUserResult:
    """Return who is signed in, with groups and the roles that they give."""
    account = context.application.identity.people.account(context.actor, context.actor.username)
    groups = sorted(context.actor.groups)
    return CamundaUserResult(
        username=account.username,
        display_name=account.name,
        email=account.email,
        authorized_components=("*",),
        tenants=(TenantResult(name="Default", description=None),),
        groups=tuple(groups),
        roles=tuple(group for group in groups if group in set(Role)),
        sales_plan_type=None,
        c8_links={},
        can_logout=True,
    )
