"""What `zveno demo` shows on the terminal: what it is doing, and who may sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from zveno.demo.rules.people import API_KEYS, DOMAIN, PASSWORD

_LOOK = (
    ("admin", "operator: administrator", "Partners, people, regions, exchange board, the chain"),
    ("channel", "operator: channel manager", "The chain: stuck goods, a rush, a regional deficit; late reports"),
    ("finance", "operator: accountant", "The chain and the orders of every seller"),
    ("sales", "sales house: manager", "Orders that wait for a decision, clients, exchange journal"),
    ("distributor", "distributor: head", "Upload a sales file (see the samples), sell to dealers, buy from the maker"),
    ("dealer", "dealer: head", "Three legal entities, two sellers, people and rights"),
    ("buyer", "dealer: buyer", "A filled cart; the product ОК-001: 50 on the shelf, 70 arriving in three weeks"),
    ("viewer", "dealer: viewer", "Sees, does not order"),
    ("accountant", "dealer: accountant", "Debt and payments"),
    ("stranger", "another dealer: head", "Try an address of somebody else: there is nothing there"),
)


def show() -> None:
    """Print who may sign in, what to look at, and the keys of programs."""
    console = Console()
    console.print(_table())
    for who, section, key in API_KEYS:
        console.print(f"API key of {who}@{DOMAIN} ({section}): [bold]{key}[/bold]", highlight=False)


def _table() -> Table:
    table = Table(title=f"Sign-ins of the demo world, password {PASSWORD}", title_justify="left", box=SIMPLE)
    table.add_column("E-mail", no_wrap=True, style="bold")
    table.add_column("Who")
    table.add_column("What to look at", overflow="fold")
    for name, role, look in _LOOK:
        table.add_row(f"{name}@{DOMAIN}", role, look)
    return table


@contextmanager
def told(console: Console) -> Iterator[Callable[[str], object]]:
    """A voice that shows each step with how long it takes; plain lines where there is no terminal."""
    if not console.is_terminal:
        yield lambda step: console.print(f"  {step} …")
        return
    columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        steps: list[TaskID] = []

        def say(step: str) -> None:
            if steps:
                progress.update(steps[-1], completed=1)
            steps.append(progress.add_task(step, total=1))

        yield say
        if steps:
            progress.update(steps[-1], completed=1)
