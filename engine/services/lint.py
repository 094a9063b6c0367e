"""Lint: what is wrong with files, without deploying them."""

from collections.abc import Mapping
from typing import cast

from engine.domain.findings import Finding
from engine.domain.identity import Actor
from engine.errors import DeploymentRefused, Forbidden
from engine.services import permissions
from engine.services.bundle import read_bundle


def lint(actor: Actor, resources: Mapping[str, bytes]) -> list[Finding]:
    """Return the findings of all files together; without an error they could be deployed.

    Links to files that are neither here nor deployed are found by deploying only. Raises
    Forbidden for somebody without any role.
    """
    if not permissions.is_staff(actor):
        raise Forbidden("only staff check models")
    try:
        return list(read_bundle(resources).findings)
    except DeploymentRefused as refusal:
        return [cast("Finding", finding) for finding in refusal.findings]
