"""`zveno demo`: the demo world is brought in once; a second start finds it standing."""

from __future__ import annotations

import click
from django.conf import settings
from rich.console import Console

from zveno.base import clock
from zveno.demo.load import DatabaseInUse, is_loaded, load
from zveno.demo.samples import write_samples
from zveno.demo.signins import told
from zveno.demo.world import World


def run() -> None:
    """Load the demo world unless it is there, as the owner of an up-to-date database; one in use is left alone."""
    console = Console()
    try:
        if is_loaded():
            console.print("The demo world is loaded.")
            return
    except DatabaseInUse as fault:
        raise click.ClickException(
            "This database holds companies of its own. The demo world needs an empty one: "
            "set ZVENO_HOME to another folder (or DATABASE_URL to another database)."
        ) from fault
    console.print("Loading the demo world, about a minute:")
    world = World(now=clock.now().replace(microsecond=0))
    with told(console) as say:
        load(world, say=say)
    samples = settings.HOME / "samples"
    console.print("Files to try by hand:")
    for path in write_samples(world, samples):
        console.print(f"  {path}")
