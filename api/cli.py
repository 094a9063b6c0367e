"""``redress``: the command that starts and looks after an installation."""

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import orjson

from api import __version__
from api.backup_commands import backup, restore
from api.demo.play import Play, prepare, real_now
from api.openapi import document
from api.people_commands import client, user
from api.routes import OPERATIONS
from api.server import serve as serve_forever
from api.server import work as work_forever
from api.terminal import (
    OPERATING,
    Installation,
    RefusingGroup,
    pass_installation,
    print_findings,
    read_files,
)
from engine.domain.findings import Severity
from engine.importer import import_bpmn
from engine.services.lint import lint as findings_of
from engine.settings import Settings

_files = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)


@click.group(cls=RefusingGroup)
@click.version_option(__version__, prog_name="redress")
@click.pass_context
def main(context: click.Context) -> None:
    """Run a retailer's customer-service processes.

    Settings are environment variables, REDRESS_DATABASE_URL and others; see
    docs/reference/settings.md.
    """
    try:
        context.obj = Installation(Settings.from_env())
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@main.command()
@click.option("--host", help="Address to listen on; REDRESS_HOST if left out.")
@click.option("--port", type=click.IntRange(1, 65535), help="REDRESS_PORT if left out.")
@click.option(
    "--work/--no-work", default=True, help="Also fire timers and run connectors (the default)."
)
@pass_installation
def serve(installation: Installation, host: str | None, port: int | None, work: bool) -> None:
    """Serve the API until it is stopped."""
    settings = installation.settings
    serve_forever(
        replace(settings, host=host or settings.host, port=port or settings.port), working=work
    )


@main.command()
@pass_installation
def work(installation: Installation) -> None:
    """Fire timers and run connectors, without the API, until it is stopped."""
    work_forever(installation.settings)


@main.command()
@_files
@pass_installation
def deploy(installation: Installation, files: tuple[Path, ...]) -> None:
    """Put processes, decisions and forms in, together or not at all."""
    with installation.open() as application:
        deployment = application.deployments.deploy(OPERATING, read_files(files))
    print_findings(deployment.findings)
    for member in deployment.members:
        definition = member.definition
        click.echo(f"{definition.kind} {definition.id}, version {definition.version}")


@main.command()
@_files
def lint(files: tuple[Path, ...]) -> None:
    """Say what is wrong with files; exit status 1 if they could not be deployed."""
    findings = findings_of(OPERATING, read_files(files))
    print_findings(findings)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        raise click.ClickException(f"errors that stand in the way: {errors}")
    click.echo(f"{len(files)} files can be deployed.")


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the translated diagram goes; its added forms go beside it.",
)
def import_diagram(file: Path, output: Path | None) -> None:
    """Translate a diagram of another tool; exit status 1 if it cannot be deployed yet."""
    result = import_bpmn(file.read_bytes(), resource_name=file.name)
    print_findings(result.findings)
    if output is not None and result.bpmn:
        output.write_bytes(result.bpmn)
        for name, content in result.forms.items():
            output.with_name(name).write_bytes(content)
    if not result.executable:
        raise click.ClickException(f"{file.name} can be drawn, but not deployed yet")
    click.echo(f"{file.name} can be deployed.")


@main.command()
@pass_installation
def migrate(installation: Installation) -> None:
    """Bring the database to the schema of this version."""
    with installation.open():
        click.echo("The database is up to date.")


@main.command()
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%dT%H:%M%z"]),
    help="When the fourteen days end, such as 2026-10-08T12:00+0800; now if left out.",
)
@pass_installation
def demo(installation: Installation, until: datetime | None) -> None:
    """Serve a shop at work: 120 cases of fourteen days, with people who may sign in.

    What was loaded before is kept; loading that was interrupted goes on.
    """
    settings = replace(installation.settings, demo=True)
    ends_at = until or real_now()
    with Installation(settings).open() as application:
        prepare(application, until=ends_at)
    serve_forever(settings, started=Play(until=ends_at).start, log_level=logging.WARNING)


@main.command()
def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1)."""
    click.echo(orjson.dumps(document(OPERATIONS, version=__version__), option=orjson.OPT_INDENT_2))


main.add_command(backup)
main.add_command(restore)
main.add_command(user)
main.add_command(client)
