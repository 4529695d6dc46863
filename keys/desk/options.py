"""Options that several commands share."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from keys.desk.cards import Card
from keys.desk.files import read_bytes
from keys.election.statement import Mode
from keys.findings import Misuse, Refused
from keys.paper.groups import hide_two_groups, parse_fingerprint

__all__ = [
    "cards_option",
    "check_paper",
    "folder_option",
    "paper_option",
    "passphrase_option",
    "read_card",
    "rehearsal_option",
    "workers_option",
]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

passphrase_option: Decorator = click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help="File whose first line is the passphrase."
)
workers_option: Decorator = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Processes that check ballots.",
)
cards_option: Decorator = click.option(
    "--card",
    "card_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="File with an officer's card; give it twice. Asked at the terminal where it is not given.",
)
paper_option: Decorator = click.option(
    "--paper",
    metavar="TEXT",
    help="The whole fingerprint or digest as printed; otherwise you are asked for two groups of it.",
)


def folder_option(help_: str) -> Decorator:
    """`--dir`, the folder a command works in."""
    return click.option("--dir", "folder", type=click.Path(path_type=Path), required=True, help=help_)


def rehearsal_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--rehearsal`, as a mode."""
    return click.option(
        "--rehearsal",
        "mode",
        flag_value=Mode.REHEARSAL.name,
        default=Mode.OFFICIAL.name,
        callback=lambda _context, _option, value: Mode[value],
        help="Work on the rehearsal, never on the vote.",
    )(function)


def read_card(path: Path) -> Card:
    """Read an officer's card from a file.

    Raises:
        Refused: S-120, S-121.
        Unreadable: The file cannot be read.
    """
    text = read_bytes(path, 4096).decode("utf-8", "replace")
    return Card.parse(text.strip())


def check_paper(digest: bytes, paper: str | None, what: str, *, twin: bytes | None = None) -> None:
    """Compare a digest with the paper: whole, as given with `--paper`, or two groups typed at the terminal.

    Args:
        digest: 32 bytes, from the file.
        paper: What was printed, or None to ask.
        what: The paper it stands on ("poster", "closing report of station 06").
        twin: What the paper of the rehearsal says where the vote is meant, or the other way round.

    Raises:
        Refused: V-118, V-119, V-156.
        Misuse: Nothing was given and there is no terminal to ask at.
    """
    if paper is not None:
        typed = parse_fingerprint(paper)
        if typed == twin:
            raise Refused("V-156", what)
        if typed != digest:
            raise Refused("V-119", what, "paper and file differ")
        return
    if not sys.stdin.isatty():
        raise Misuse(f"--paper with what stands on the {what} is needed where there is no terminal")
    hidden = hide_two_groups(digest, secrets.randbelow)
    click.echo(f"From the {what}, type the two groups that are hidden here:", err=True)
    click.echo(" ".join(hidden.shown), err=True)
    groups = [click.prompt(f"Group {place + 1}", err=True) for place in hidden.hidden]
    if twin is None:
        hidden.check(groups)
    else:
        hidden.compare(groups, twin, what)
