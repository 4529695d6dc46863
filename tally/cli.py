"""The command `tally`: the returning officer's and the observer's part."""

from __future__ import annotations

import click

from keys.commands.findings import findings_command
from keys.desk.command import run
from tally.commands.after import certify_command, publish_command, verify_command
from tally.commands.before import confirmations_command, new_command, roll_command, seal_command
from tally.commands.charts import charts_command
from tally.commands.checking import check_command
from tally.commands.deciding import challenge_command, decide_command, paper_command
from tally.commands.marking import marks_command
from tally.commands.opening import count_command, import_command, request_command
from tally.commands.retiring import retire_command
from tally.commands.running import backup_command, run_command
from tally.commands.shuffling import shuffle_command
from tally.commands.status import status_command

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isoloir", prog_name="tally")
def cli() -> None:
    """Define a vote, merge its boxes, count, certify, publish; verify what others published.

    Example: tally verify public
    """


for _command in (
    new_command,
    roll_command,
    seal_command,
    confirmations_command,
    import_command,
    status_command,
    run_command,
    paper_command,
    challenge_command,
    request_command,
    shuffle_command,
    count_command,
    decide_command,
    marks_command,
    certify_command,
    publish_command,
    charts_command,
    backup_command,
    retire_command,
    verify_command,
    check_command,
    findings_command,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point."""
    run(cli, "tally")
