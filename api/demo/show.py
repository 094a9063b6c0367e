"""What the demo prints: who may sign in, how far it is, and what it came to."""

from rich.console import Console
from rich.table import Table

from api.demo.audit import Audit
from api.demo.people import CLIENT_ID, CLIENT_SECRET, PEOPLE

console = Console(highlight=False)


def show_sign_ins(address: str) -> None:
    """Print where the server is and who may sign in; passwords are the user names."""
    table = Table(title=f"Redress: {address}", caption="The password is the user name.")
    table.add_column("user name", style="bold")
    table.add_column("who")
    table.add_column("groups")
    for person in PEOPLE:
        table.add_row(person.username, person.name, ", ".join(sorted(person.groups)))
    console.print(table)
    console.print(f"OAuth client: {CLIENT_ID} / {CLIENT_SECRET}")


def show_audit(audit: Audit) -> None:
    """Print what the demo came to, and what is not as its stories say."""
    totals = audit.totals
    table = Table(title="Fourteen days", show_header=False)
    for label, value in (
        ("cases", totals.cases),
        ("ended", totals.ended),
        ("with open tasks", totals.with_open_tasks),
        ("refunds paid", f"{totals.refunds} ({totals.refunded} CNY)"),
        ("points credited", totals.points),
        ("letters sent", totals.letters),
        ("attempts refused", totals.denials),
    ):
        table.add_row(label, str(value))
    console.print(table)
    for difference in audit.differences:
        console.print(
            f"[red]{difference.number}: {difference.what} should be {difference.expected}, "
            f"not {difference.found}[/red]"
        )
