"""Deployed, versioned models: processes, decisions, requirement graphs and forms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from engine.domain.findings import Finding


class DefinitionKind(StrEnum):
    """What a definition is of."""

    PROCESS = "process"
    DECISION = "decision"
    DRG = "drg"
    FORM = "form"


class Definition(NamedTuple):
    """One version of one model. It never changes; instances stay on theirs.

    ``id`` is the id in the file, ``version`` counts from 1 per kind and id, ``resource_key``
    names the stored file and ``drg_key`` the requirements graph a decision came with.
    """

    key: int
    kind: DefinitionKind
    id: str
    version: int
    version_tag: str | None
    name: str | None
    deployment_key: int
    resource_key: int
    drg_key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployedDefinition:
    """A definition as a deployment answers it, with the name of the file it came in."""

    definition: Definition
    resource_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One act of putting models in, together, by one person.

    ``findings`` are what their authors should know although nothing stood in the way.
    """

    key: int
    deployed_at: datetime
    deployed_by: str
    members: tuple[DeployedDefinition, ...]
    findings: tuple[Finding, ...] = ()
