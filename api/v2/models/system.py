"""The server itself, and who is signed in."""

from typing import Literal

from api.models import Model, Moment
from api.v2.models.common import Tenanted


class Partition(Model):
    """The part of the data a broker leads: here all of it."""

    partition_id: int
    role: Literal["leader", "follower", "inactive"]
    health: Literal["healthy", "unhealthy", "dead"]
    state: Literal["active", "joining", "leaving", "learner", "recovering", "unknown"]


class BrokerInfo(Model):
    """The process that answers."""

    node_id: int
    broker_id: str
    host: str
    port: int
    version: str
    partitions: tuple[Partition, ...]


class TopologyResponse(Model):
    """A cluster of one."""

    brokers: tuple[BrokerInfo, ...]
    cluster_id: str | None
    cluster_size: int
    partitions_count: int
    replication_factor: int
    gateway_version: str
    last_completed_change_id: str


class LicenseResponse(Model):
    """Redress needs no licence in production."""

    valid_license: bool
    license_type: str
    is_commercial: bool
    expires_at: Moment | None


class TenantResult(Tenanted):
    """The one tenant."""

    name: str
    description: str | None


class CamundaUserResult(Model):
    """Who is signed in."""

    username: str
    display_name: str | None
    email: str | None
    authorized_components: tuple[str, ...]
    tenants: tuple[TenantResult, ...]
    groups: tuple[str, ...]
    roles: tuple[str, ...]
    sales_plan_type: str | None
    c8_links: dict[str, str]
    can_logout: bool
