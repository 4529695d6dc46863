"""The command `keys`: a trustee's, a board member's part, and a look into any statement."""

from __future__ import annotations

import click

from keys.commands.board import board_command, sign_command
from keys.commands.ceremony import ceremony_command, rehearse_command, trustee_command
from keys.commands.findings import findings_command
from keys.commands.memory import memory_command
from keys.commands.opening import confirm_command, decrypt_command, shuffle_command
from keys.commands.showing import show_command
from keys.desk.command import run

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isoloir", prog_name="keys")
def cli() -> None:
    """Hold a trustee's or a board member's key: make it, confirm, open the total together, sign decisions.

    Example: keys show manifest.cose
    """


for _command in (
    trustee_command,
    ceremony_command,
    rehearse_command,
    board_command,
    confirm_command,
    shuffle_command,
    decrypt_command,
    sign_command,
    memory_command,
    show_command,
    findings_command,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point."""
    run(cli, "keys")
