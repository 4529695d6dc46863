"""A trustee's commands once the vote is sealed: `keys confirm`, `keys shuffle`, `keys decrypt`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from keys.checking import Shown
from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.files import read_bytes, write_whole
from keys.desk.options import (
    check_paper,
    folder_option,
    paper_option,
    passphrase_option,
    rehearsal_option,
    workers_option,
)
from keys.desk.passphrase import ask_passphrase
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse
from keys.holding import Trustee, open_trustee
from keys.rehearsing import rehearsal_of
from keys.shuffling import shuffle_ballots

__all__ = ["confirm_command", "decrypt_command", "shuffle_command"]

_ROOT = click.argument("root", type=click.Path(path_type=Path))
_FOLDER_BUT_REHEARSING = click.option(
    "--dir", "folder", type=click.Path(path_type=Path), help="Folder of this trustee."
)


@click.command("confirm")
@_ROOT
@folder_option("Folder of this trustee.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the confirmation.")
@passphrase_option
@paper_option
@answers
def confirm_command(
    root: Path, folder: Path, out: Path, passphrase_file: Path | None, paper: str | None
) -> Answer:
    """Confirm that the sealed vote holds what this trustee handed in.

    ROOT is the folder with draft, manifest, enrolments and trustee files.

    Example: keys confirm STICK/official --dir anne --out STICK
    """
    manifest = read_statement(read_bytes(root / "manifest.cose"))
    check_paper(manifest.fingerprint, paper, "poster of the town hall")
    trustee = open_trustee(folder, ask_passphrase(passphrase_file, "this trustee"))
    return _hand_in(confirm(trustee, root), out, "confirmation-trustee", "Confirmed.")


@click.command("shuffle")
@_ROOT
@_FOLDER_BUT_REHEARSING
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the shuffled ballots.")
@passphrase_option
@workers_option
@rehearsal_option
@answers
def shuffle_command(
    root: Path, folder: Path | None, out: Path, passphrase_file: Path | None, workers: int, mode: Mode
) -> Answer:
    """Check the whole folder, then shuffle the ballots that are opened one by one.

    Every trustee who decrypts does this first, one after the other. A rehearsal needs no folder.

    Example: keys shuffle STICK/official --dir anne --out STICK
    """
    trustee = _trustee(root, folder, passphrase_file, mode)
    raw = shuffle_ballots(trustee, root, trustee.folder, mode, workers=workers, progress=_tell)
    return _hand_in(raw, out, "shuffle", "Shuffled.")


@click.command("decrypt")
@_ROOT
@_FOLDER_BUT_REHEARSING
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the decryption.")
@click.option("--yes", is_flag=True, help="Open without asking at the terminal.")
@passphrase_option
@workers_option
@rehearsal_option
@answers
def decrypt_command(
    root: Path,
    folder: Path | None,
    out: Path,
    yes: bool,
    passphrase_file: Path | None,
    workers: int,
    mode: Mode,
) -> Answer:
    """Check the whole folder, then open this trustee's part of the totals.

    A rehearsal needs no folder: its key is published in its manifest.

    Example: keys decrypt STICK/official --dir anne --out STICK
    """
    trustee = _trustee(root, folder, passphrase_file, mode)
    raw = decrypt(
        trustee,
        root,
        trustee.folder,
        mode,
        workers=workers,
        show=lambda shown: _agree(shown, yes),
        progress=_tell,
    )
    return _hand_in(raw, out, "decryption", "Opened this part of the totals.")


def _trustee(root: Path, folder: Path | None, passphrase_file: Path | None, mode: Mode) -> Trustee:
    """The trustee of a vote, whose folder is needed, or the one of a rehearsal, who has none."""
    if mode is Mode.REHEARSAL:
        return rehearsal_of(root)
    if folder is None:
        raise Misuse("--dir with the folder of this trustee is needed")
    return open_trustee(folder, ask_passphrase(passphrase_file, "this trustee"))


def _hand_in(raw: bytes, out: Path, kind: str, done: str) -> Answer:
    """Write what a trustee signed onto the stick, named by its kind and the trustee's number."""
    path = out / f"{kind}-{read_statement(raw).header.signer}.cose"
    write_whole(path, raw)
    return Answer(f"{done} Hand to the town hall: {path}", {"file": str(path)})


def _agree(shown: Sequence[Shown], yes: bool) -> None:
    for item in shown:
        warn(
            f"To be opened: contest {item.contest}, {counted(item.ballots, 'ballot')}, "
            f"machines {', '.join(item.machines)}"
        )
        if item.early:
            warn(f"  warning: closed before the announced time: {', '.join(item.early)}; ask the board why")
    if not yes:
        click.confirm("Open these totals?", abort=True, err=True)


def _tell(contest: str, done: int) -> None:
    if os.isatty(2):
        click.echo(f"\rcontest {contest}: {counted(done, 'ballot')} checked \033[K", err=True, nl=False)
