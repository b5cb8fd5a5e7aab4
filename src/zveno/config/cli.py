"""The `zveno` command: one process group for everything, and the operator's tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def _connect(process: str) -> None:
    """Point Django at the database (the embedded one unless DATABASE_URL says otherwise) and set it up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zveno.config.settings")
    os.environ["ZVENO_PROCESS"] = process
    if "DATABASE_URL" not in os.environ:
        from zveno.base import embedded

        os.environ["ZVENO_EMBEDDED"] = "1"
        address = embedded.start()
        os.environ["DATABASE_URL"] = address.url(user=embedded.OWNER)
        os.environ["DATABASE_WEB_URL"] = address.url(user="zveno_web")
    import django

    django.setup()


@click.group()
def main() -> None:
    """Zveno: dealer portal, ERP hub and sell-out."""


@main.command()
@click.option("--web-only", is_flag=True, help="Only the web process.")
@click.option("--worker-only", is_flag=True, help="Only the worker with its schedule.")
@click.option("--port", type=int, envvar="ZVENO_PORT", default=8000, show_default=True)
@click.option("--host", envvar="ZVENO_HOST", default="127.0.0.1", show_default=True)
def up(web_only: bool, worker_only: bool, port: int, host: str) -> None:
    """Run web, worker with schedule and, without DATABASE_URL, the database; stop cleanly on SIGTERM."""
    _connect("admin")
    from zveno.config import group
    from zveno.config.migrate import migrate as bring_up_to_date

    if os.environ.get("ZVENO_EMBEDDED"):
        # A database that nobody else serves is ours to bring up to date.
        bring_up_to_date()
    sys.exit(group.run(web=not worker_only, worker=not web_only, host=host, port=port))


@main.command()
def migrate() -> None:
    """Bring tables, roles, row security and the cache table up to date."""
    _connect("admin")
    from zveno.config.migrate import migrate as bring_up_to_date

    bring_up_to_date(say=click.echo)


@main.command("create-admin")
@click.argument("email")
@click.option("--name", default="", help="The person's name.")
@click.option("--company", default="", help="The operator's name, where the installation has no operator yet.")
def create_admin(email: str, name: str, company: str) -> None:
    """Make EMAIL an administrator of the operator (made too, the first time); print the link to set the password."""
    _connect("admin")
    from zveno.config.first_admin import make_administrator
    from zveno.kit.errors import Fault
    from zveno.ui.words import explain

    try:
        made = make_administrator(email=email, name=name, company_name=company)
    except Fault as fault:
        raise click.ClickException(explain(fault)) from fault
    click.echo(f"{made.email} is an administrator of {made.company_name}.")
    click.echo(f"Set the password here (the link works once): {made.link}")


@main.command("import-1c")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--connection", "slug", default="", help="The connection's address word; needed where there are several.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def import_1c(source: Path, slug: str, as_json: bool) -> None:
    """Import SOURCE, a folder, a file or a zip of CommerceML, as if 1С had sent it; applied at once.

    Exits 0 when every file was applied, or refused for a stated reason.
    """
    _connect("admin")
    from zveno.config.import_1c import run
    from zveno.config.migrate import migrate as bring_up_to_date

    bring_up_to_date()
    sys.exit(run(source=source, slug=slug, as_json=as_json))


@main.command("check-deploy")
def check_deploy() -> None:
    """Name what is unsafe about this deployment; exit 1 when something is."""
    _connect("admin")
    from zveno.config.deployment import unsafe_settings

    findings = unsafe_settings()
    for finding in findings:
        click.echo(f"- {finding}")
    click.echo(f"{len(findings)} to mend." if findings else "Nothing unsafe found.")
    sys.exit(1 if findings else 0)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a Django management command as the owner."""
    _connect("admin")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zveno manage", *arguments])


@main.command()
@click.option("--sign-ins", is_flag=True, help="Only show who may sign in.")
def demo(sign_ins: bool) -> None:
    """Load the demo world into an empty database; where it stands already, do nothing."""
    if sign_ins:
        from zveno.demo.signins import show

        show()
        return
    _connect("admin")
    from zveno.config.migrate import migrate as bring_up_to_date
    from zveno.demo.command import run

    bring_up_to_date()
    run()
