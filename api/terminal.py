"""What the commands share: the installation they work on, and refusals as one clear sentence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from engine.bootstrap import Application, build
from engine.domain.findings import Finding
from engine.domain.identity import Actor, Role
from engine.errors import DeploymentRefused, RedressError
from engine.settings import Settings

OPERATING = Actor(username="redress:command", groups=frozenset({Role.ADMINISTRATOR}))
"""Who acts when somebody types a command: whoever can read the database may do anything."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings that the commands work with."""

    settings: Settings

    @contextmanager
    def open(self) -> Iterator[Application]:
        """Open the application without starting it, and close its database afterwards."""
        application = build(self.settings)
        try:
            yield application
        finally:
            application.database.close()


pass_installation = click.make_pass_decorator(Installation)


class RefusingGroup(click.Group):
    """A group of commands that shows errors raised on purpose as one sentence; exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DeploymentRefused as error:
            print_findings([cast("Finding", finding) for finding in error.findings])
            raise click.ClickException(str(error)) from error
        except RedressError as error:
            raise click.ClickException(str(error)) from error


def read_files(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the contents by file name; two files of one name are refused."""
    contents: dict[str, bytes] = {}
    for path in paths:
        if path.name in contents:
            raise click.UsageError(f"two files are called {path.name}")
        contents[path.name] = path.read_bytes()
    return contents


def print_findings(findings: Sequence[Finding]) -> None:
    """Print each finding on a line: where, how bad, what, and how to mend it."""
    for finding in findings:
        where = ":".join(filter(None, (finding.resource, finding.element_id)))
        mend = f" {finding.mend_en}" if finding.mend_en else ""
        click.echo(f"{where}: {finding.severity}: {finding.message_en}{mend}", err=True)
