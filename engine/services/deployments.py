"""Deployments: models put in together, all or none, each in a new version where it changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.domain.definitions import (
    Definition,
    DefinitionKind,
    DeployedDefinition,
    Deployment,
)
from engine.domain.events import Binding
from engine.domain.findings import Finding, Severity
from engine.domain.identity import Actor
from engine.errors import DeploymentRefused, InvalidInput
from engine.persistence.stores import definitions, file_drafts
from engine.persistence.stores.definitions import Resource
from engine.points import Point, reached
from engine.services import permissions
from engine.services.bundle import Bundle, Link, Model, read_bundle
from engine.services.call_cycles import refuse_call_cycles
from engine.services.command import Command, refuse, run
from engine.services.context import Context
from engine.services.start_events import replace_start_events

MAX_RESOURCES = 500
MAX_RESOURCE_BYTES = 4 * 1024 * 1024


@dataclass(slots=True)
class _Plan:
    """What one deployment stores: new versions, and old ones that it takes over unchanged."""

    deployment_key: int
    new: dict[tuple[DefinitionKind, str], Definition] = field(default_factory=dict)
    kept: dict[tuple[DefinitionKind, str], Definition] = field(default_factory=dict)


class DeploymentService:
    """Commands on deployments."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def deploy(
        self,
        actor: Actor,
        resources: Mapping[str, bytes],
        *,
        comment: str | None = None,
        drafts: Mapping[str, int] | None = None,
    ) -> Deployment:
        """Store the files as one bundle and make their newest versions the ones that start.

        A file that did not change keeps its version, unless something it is bound to by
        ``deployment`` did. *comment* says why; *drafts* are those that the files were, with
        their revisions, and are gone afterwards. Raises DeploymentRefused with findings by
        element id, or Outdated for a draft that somebody saved meanwhile; then nothing is stored.
        """
        if not permissions.may_deploy(actor):
            refuse(self._context, actor, "only process owners deploy")
        _check_sizes(resources)
        bundle = read_bundle(resources)

        def work(command: Command) -> Deployment:
            deployment = _deploy(command, bundle, comment)
            for name, revision in (drafts or {}).items():
                file_drafts.remove(command.connection, name, revision=revision)
            return deployment

        return run(self._context, actor, work)


def _check_sizes(resources: Mapping[str, bytes]) -> None:
    if not 0 < len(resources) <= MAX_RESOURCES:
        raise InvalidInput(f"a deployment holds 1 to {MAX_RESOURCES} files")
    for name, content in resources.items():
        if len(content) > MAX_RESOURCE_BYTES:
            raise InvalidInput(f"{name} is larger than {MAX_RESOURCE_BYTES} bytes")


def _deploy(command: Command, bundle: Bundle, comment: str | None) -> Deployment:
    _refuse_missing_links(command, bundle)
    refuse_call_cycles(command, bundle)
    plan = _plan(command, bundle)
    by = command.actor.username
    definitions.insert_deployment(
        command.connection,
        key=plan.deployment_key,
        deployed_at=command.now,
        deployed_by=by,
        comment=comment,
    )
    definitions.insert_definitions(command.connection, list(plan.new.values()))
    members = [(model, _member(plan, model)) for model in bundle.models]
    definitions.insert_bundle(
        command.connection, plan.deployment_key, [member.key for _, member in members]
    )
    reached(Point.DEFINITIONS_STORED)
    for definition in plan.new.values():
        if definition.kind is DefinitionKind.PROCESS:
            replace_start_events(command, definition)
    command.record_system(
        "deployed",
        {
            "deployment_key": plan.deployment_key,
            "definitions": [f"{m.kind}:{m.id}:{m.version}" for _, m in members],
            "comment": comment,
        },
    )
    return Deployment(
        key=plan.deployment_key,
        deployed_at=command.now,
        deployed_by=by,
        members=tuple(
            DeployedDefinition(definition=member, resource_name=model.resource_name)
            for model, member in members
        ),
        findings=bundle.findings,
    )


def _member(plan: _Plan, model: Model) -> Definition:
    return plan.new.get(model.identity) or plan.kept[model.identity]


def _refuse_missing_links(command: Command, bundle: Bundle) -> None:
    findings = [
        _missing(model, link)
        for model in bundle.models
        for link in model.links
        if not _is_in(bundle, link) and not _is_deployed(command, link)
    ]
    if findings:
        raise DeploymentRefused("the diagrams link to files that are missing", findings)


_NAMES = {
    DefinitionKind.FORM: ("form", "表单"),
    DefinitionKind.DECISION: ("decision", "决策"),
    DefinitionKind.PROCESS: ("process", "流程"),
    DefinitionKind.DRG: ("requirements graph", "决策需求图"),
}


def _is_in(bundle: Bundle, link: Link) -> bool:
    reference = link.reference
    return any(
        model.identity == link.target
        and (
            reference.binding is not Binding.VERSION_TAG
            or model.version_tag == reference.version_tag
        )
        for model in bundle.models
    )


def _is_deployed(command: Command, link: Link) -> bool:
    reference = link.reference
    if reference.binding is Binding.DEPLOYMENT:
        return False  # it must be in this very bundle
    if reference.binding is Binding.VERSION_TAG:
        tag = reference.version_tag or ""
        return definitions.with_tag(command.connection, *link.target, tag) is not None
    return definitions.latest(command.connection, *link.target) is not None


def _missing(model: Model, link: Link) -> Finding:
    english, chinese = _NAMES[link.kind]
    id = link.reference.id
    return Finding(
        rule=f"missing-{link.kind}",
        resource=model.resource_name,
        element_id=link.element_id,
        severity=Severity.ERROR,
        message_en=f"The {english} {id!r} is neither in this deployment nor deployed before.",
        message_zh=f"{chinese} {id!r} 既不在本次部署中，也未曾部署。",
        mend_en=f"Add the file of the {english} to the deployment, or correct the id.",
        mend_zh=f"请将该{chinese}文件加入部署，或更正其 id。",
    )


def _plan(command: Command, bundle: Bundle) -> _Plan:
    plan = _Plan(command.next_key())
    latest = {
        model.identity: definitions.latest(command.connection, *model.identity)
        for model in bundle.models
    }
    changed = _changed(command, bundle, latest)
    resource_keys = _store_resources(command, bundle, latest, changed)
    for model in bundle.models:
        before = latest[model.identity]
        if before is not None and model.identity not in changed:
            plan.kept[model.identity] = before
            continue
        drg = plan.new.get(model.drg) or plan.kept.get(model.drg) if model.drg else None
        plan.new[model.identity] = Definition(
            key=command.next_key(),
            kind=model.kind,
            id=model.id,
            version=before.version + 1 if before else 1,
            version_tag=model.version_tag,
            name=model.name,
            deployment_key=plan.deployment_key,
            resource_key=resource_keys[model.resource_name],
            drg_key=drg.key if drg else None,
        )
    return plan


def _changed(
    command: Command,
    bundle: Bundle,
    latest: Mapping[tuple[DefinitionKind, str], Definition | None],
) -> set[tuple[DefinitionKind, str]]:
    """Return what needs a new version: new content, or bound to something that has."""
    stored = {
        key: _stored_digest(command, definition) for key, definition in latest.items() if definition
    }
    changed = {
        model.identity for model in bundle.models if stored.get(model.identity) != model.sha256
    }
    while more := {
        model.identity
        for model in bundle.models
        if model.identity not in changed and _is_bound_to(command, model, changed, latest)
    }:
        changed |= more
    return changed


def _is_bound_to(
    command: Command,
    model: Model,
    changed: set[tuple[DefinitionKind, str]],
    latest: Mapping[tuple[DefinitionKind, str], Definition | None],
) -> bool:
    """Tell whether a ``deployment`` link of an unchanged file means something newer now."""
    own = latest[model.identity]
    if own is None:
        return False
    for link in model.links:
        if link.reference.binding is not Binding.DEPLOYMENT:
            continue
        bound = definitions.in_bundle(command.connection, *link.target, own.deployment_key)
        if link.target in changed or bound != latest.get(link.target):
            return True
    return False


def _stored_digest(command: Command, definition: Definition) -> str | None:
    stored = definitions.find_resource(command.connection, definition.resource_key)
    return stored.sha256 if stored else None


def _store_resources(
    command: Command,
    bundle: Bundle,
    latest: Mapping[tuple[DefinitionKind, str], Definition | None],
    changed: set[tuple[DefinitionKind, str]],
) -> dict[str, int]:
    keys: dict[str, int] = {}
    for model in bundle.models:
        if model.identity not in changed or model.resource_name in keys:
            continue
        content = bundle.resources[model.resource_name]
        keys[model.resource_name] = command.next_key()
        definitions.insert_resource(
            command.connection,
            Resource(
                key=keys[model.resource_name],
                name=model.resource_name,
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
            ),
        )
    return keys
