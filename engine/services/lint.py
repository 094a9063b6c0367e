"""Lint: what is wrong with files, without deploying them."""

from collections.abc import Mapping
from typing import cast

from engine.domain.findings import Finding
from engine.errors import DeploymentRefused
from engine.services.bundle import read_bundle


def lint(resources: Mapping[str, bytes]) -> list[Finding]:
    """Return the findings of all files together, by element; none if they could be deployed.

    Links to files that are neither here nor deployed are found by deploying only.
    """
    try:
        read_bundle(resources)
    except DeploymentRefused as refusal:
        return [cast("Finding", finding) for finding in refusal.findings]
    return []
