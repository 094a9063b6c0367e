"""Lint: what is wrong with files, without deploying them."""

from collections.abc import Mapping
from typing import cast

from engine.domain.findings import Finding
from engine.domain.identity import Actor
from engine.errors import DeploymentRefused, Forbidden
from engine.lint import lint_files
from engine.services import permissions
from engine.services.bundle import read_bundle

NONE: Mapping[str, bytes] = {}
"""No companions."""


def lint(
    actor: Actor, resources: Mapping[str, bytes], companions: Mapping[str, bytes] = NONE
) -> list[Finding]:
    """Return the findings of all files together, by element; without an error they may go in.

    First what deploying says, then what the linter thinks of the files that can be read.
    *companions* are files that these may link to; nothing is said about them. Raises Forbidden
    for somebody without any role.
    """
    if not permissions.is_staff(actor):
        raise Forbidden("only staff check models")
    thought = [
        finding
        for finding in lint_files({**companions, **resources})
        if finding.resource in resources
    ]
    return list(dict.fromkeys((*_said_when_deploying(resources), *thought)))


def _said_when_deploying(resources: Mapping[str, bytes]) -> list[Finding]:
    try:
        return list(read_bundle(resources).findings)
    except DeploymentRefused as refusal:
        return [cast("Finding", finding) for finding in refusal.findings]
