"""``redress user`` and ``redress client``: people and programs, from the command line."""

from typing import TextIO

import click

from api.terminal import OPERATING, Installation, pass_installation

_password_file = click.option(
    "--password-file",
    type=click.File(),
    help="Where the password is read from, - for standard input; asked for if left out.",
)


def _new_password(file: TextIO | None) -> str:
    if file is not None:
        return file.readline().rstrip("\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@click.group()
def user() -> None:
    """Add, list and change people."""


@user.command()
@click.argument("username")
@click.option("--name", help="What others see; the user name if left out.")
@click.option("--email", help="Where notices go.")
@click.option("--group", "groups", multiple=True, help="A role or group; may be repeated.")
@_password_file
@pass_installation
def add(
    installation: Installation,
    username: str,
    name: str | None,
    email: str | None,
    groups: tuple[str, ...],
    password_file: TextIO | None,
) -> None:
    """Add a person."""
    with installation.open() as application:
        application.identity.people.create_account(
            OPERATING,
            username=username,
            name=name or username,
            email=email,
            password=_new_password(password_file),
            groups=groups,
        )
    click.echo(f"{username} can sign in.")


@user.command("list")
@pass_installation
def list_people(installation: Installation) -> None:
    """List people with their groups."""
    with installation.open() as application:
        for account in application.identity.people.accounts(OPERATING):
            state = "" if account.enabled else " (disabled)"
            demo = " (demo)" if account.demo else ""
            groups = ", ".join(sorted(account.groups)) or "no group"
            click.echo(f"{account.username}: {account.name}, {groups}{demo}{state}")


@user.command()
@click.argument("username")
@_password_file
@pass_installation
def password(installation: Installation, username: str, password_file: TextIO | None) -> None:
    """Give a person a new password."""
    _change(installation, username, password=_new_password(password_file))
    click.echo(f"{username} has a new password.")


@user.command()
@click.argument("username")
@pass_installation
def disable(installation: Installation, username: str) -> None:
    """Let a person sign in no more."""
    _change(installation, username, enabled=False)
    click.echo(f"{username} cannot sign in any more.")


@user.command()
@click.argument("username")
@pass_installation
def enable(installation: Installation, username: str) -> None:
    """Let a disabled person sign in again."""
    _change(installation, username, enabled=True)
    click.echo(f"{username} can sign in again.")


@user.command()
@click.argument("username")
@click.argument("group")
@pass_installation
def join(installation: Installation, username: str, group: str) -> None:
    """Put a person into a group."""
    with installation.open() as application:
        application.identity.people.add_member(OPERATING, group, username)
    click.echo(f"{username} belongs to {group}.")


@user.command()
@click.argument("username")
@click.argument("group")
@pass_installation
def leave(installation: Installation, username: str, group: str) -> None:
    """Take a person out of a group."""
    with installation.open() as application:
        application.identity.people.remove_member(OPERATING, group, username)
    click.echo(f"{username} does not belong to {group} any more.")


@click.group()
def client() -> None:
    """Add programs that sign in by OAuth 2 client credentials."""


@client.command("add")
@click.argument("client_id")
@click.option("--as", "username", required=True, help="The account that the program acts as.")
@pass_installation
def add_client(installation: Installation, client_id: str, username: str) -> None:
    """Add a program and print its secret, this once."""
    with installation.open() as application:
        secret = application.identity.people.create_client(
            OPERATING, client_id=client_id, username=username
        )
    click.echo(secret)


def _change(
    installation: Installation,
    username: str,
    *,
    enabled: bool | None = None,
    password: str | None = None,
) -> None:
    with installation.open() as application:
        people = application.identity.people
        account = people.account(OPERATING, username)
        people.change_account(
            OPERATING,
            username,
            name=account.name,
            email=account.email,
            enabled=account.enabled if enabled is None else enabled,
            password=password,
        )
