"""The files of one deployment, read and checked, before anything is stored."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from engine.bpmn import parse_process
from engine.dmn import parse_decisions
from engine.dmn.analysis import analyse
from engine.dmn.examples import check_examples
from engine.domain.definitions import DefinitionKind
from engine.domain.events import Reference
from engine.domain.findings import Finding, Severity
from engine.errors import DeploymentRefused
from engine.forms import parse_form

Identity = tuple[DefinitionKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place in a diagram that uses a form, a decision or another process."""

    kind: DefinitionKind
    element_id: str
    reference: Reference

    @property
    def target(self) -> Identity:
        """What it leads to."""
        return self.kind, self.reference.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One process, decision, requirements graph or form of a file."""

    kind: DefinitionKind
    id: str
    name: str | None
    version_tag: str | None
    resource_name: str
    sha256: str
    drg: Identity | None = None
    links: tuple[Link, ...] = ()

    @property
    def identity(self) -> Identity:
        """What makes two versions the same model."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The models of a deployment, requirement graphs before their decisions.

    ``findings`` are warnings and information: what stands in the way was refused before.
    """

    resources: Mapping[str, bytes]
    models: tuple[Model, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def identities(self) -> frozenset[Identity]:
        """Return every model of the bundle."""
        return frozenset(model.identity for model in self.models)


def read_bundle(resources: Mapping[str, bytes]) -> Bundle:
    """Read every file; raises DeploymentRefused with the findings of all of them together."""
    models: list[Model] = []
    findings: list[Finding] = []
    for name, content in resources.items():
        try:
            read = _reader(name)(name, content)
        except DeploymentRefused as refusal:
            findings.extend(cast("tuple[Finding, ...]", refusal.findings))
        else:
            models.extend(read.models)
            findings.extend(read.findings)
    findings.extend(_duplicates(models))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        raise DeploymentRefused(f"errors that stand in the way: {errors}", findings)
    return Bundle(resources=dict(resources), models=tuple(models), findings=tuple(findings))


def readable_models(resources: Mapping[str, bytes]) -> list[Model]:
    """Return the models of those files that can be read."""
    models: list[Model] = []
    for name, content in resources.items():
        with suppress(DeploymentRefused):
            models.extend(_reader(name)(name, content).models)
    return models


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One file: its models and what its author should know."""

    models: list[Model]
    findings: tuple[Finding, ...] = ()


def _reader(name: str) -> Callable[[str, bytes], _File]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _READERS:
        raise DeploymentRefused("unknown kind of file", [_unknown_kind(name)])
    return _READERS[suffix]


def _read_bpmn(name: str, content: bytes) -> _File:
    parsed = parse_process(content, resource_name=name)
    models = [
        Model(
            kind=DefinitionKind.PROCESS,
            id=process.process_id,
            name=process.name,
            version_tag=process.version_tag,
            resource_name=name,
            sha256=_digest(content),
            links=tuple(
                Link(
                    kind=DefinitionKind(link.kind),
                    element_id=link.element_id,
                    reference=link.reference,
                )
                for link in process.references
            ),
        )
        for process in parsed.processes
    ]
    return _File(models=models)


def _read_dmn(name: str, content: bytes) -> _File:
    parsed = parse_decisions(content, resource_name=name)
    digest = _digest(content)
    graph = Model(
        kind=DefinitionKind.DRG,
        id=parsed.id,
        name=parsed.name,
        version_tag=None,
        resource_name=name,
        sha256=digest,
    )
    decisions = [
        Model(
            kind=DefinitionKind.DECISION,
            id=decision.id,
            name=decision.name,
            version_tag=decision.version_tag,
            resource_name=name,
            sha256=digest,
            drg=graph.identity,
        )
        for decision in parsed.decisions.values()
    ]
    return _File(models=[graph, *decisions], findings=(*analyse(parsed), *check_examples(parsed)))


def _read_form(name: str, content: bytes) -> _File:
    form = parse_form(content, resource_name=name)
    models = [
        Model(
            kind=DefinitionKind.FORM,
            id=form.form_id,
            name=str(form.schema.get("title") or "") or None,
            version_tag=form.version_tag,
            resource_name=name,
            sha256=_digest(content),
        )
    ]
    return _File(models=models)


_READERS: Mapping[str, Callable[[str, bytes], _File]] = {
    ".bpmn": _read_bpmn,
    ".xml": _read_bpmn,
    ".dmn": _read_dmn,
    ".form": _read_form,
}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unknown_kind(name: str) -> Finding:
    return Finding(
        rule="unknown-file-kind",
        resource=name,
        element_id=None,
        severity=Severity.ERROR,
        message_en=f"{name} is neither a process (.bpmn), a decision (.dmn) nor a form (.form).",
        message_zh=f"{name} 不是流程（.bpmn）、决策（.dmn）或表单（.form）。",
        mend_en="Rename the file by what it holds, or leave it out.",
        mend_zh="请按内容修改文件扩展名，或不部署该文件。",
    )


def _duplicates(models: list[Model]) -> list[Finding]:
    first: dict[Identity, Model] = {}
    findings = []
    for model in models:
        twin = first.setdefault(model.identity, model)
        if twin is not model:
            findings.append(
                Finding(
                    rule="duplicate-id",
                    resource=model.resource_name,
                    element_id=model.id,
                    severity=Severity.ERROR,
                    message_en=f"The {model.kind} {model.id!r} is also in {twin.resource_name}.",
                    message_zh=f"{model.id!r} 同时出现在 {twin.resource_name} 中。",
                    mend_en="Give one of the two another id.",
                    mend_zh="请为其中一个指定不同的 id。",
                )
            )
    return findings
