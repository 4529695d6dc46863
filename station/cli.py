"""The command `station`: what a polling machine runs."""

from __future__ import annotations

import click

from keys.desk.command import run
from station.commands.before import enrol_command, load_command
from station.commands.checking import check_command
from station.commands.during import cast_command, close_command, pause_command
from station.commands.kiosk import kiosk_command
from station.commands.opening import open_command, reopen_command
from station.commands.running import run_command
from station.commands.taking_over import takeover_command
from station.commands.telling import (
    export_command,
    incident_command,
    report_command,
    roll_list_command,
    status_command,
)
from station.commands.wiping import wipe_command

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isoloir", prog_name="station")
def cli() -> None:
    """Run a polling machine: enrol it, load it, vote, close, export.

    Example: station status --dir machine
    """


for _command in (
    enrol_command,
    load_command,
    check_command,
    run_command,
    open_command,
    cast_command,
    pause_command,
    reopen_command,
    close_command,
    takeover_command,
    export_command,
    report_command,
    roll_list_command,
    incident_command,
    status_command,
    wipe_command,
    kiosk_command,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point."""
    run(cli, "station")
