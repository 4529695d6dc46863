"""The command `keys shuffle`: a trustee mixes the ballots that are opened one by one."""

from __future__ import annotations

from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.files import write_whole
from keys.desk.options import passphrase_option, rehearsal_option, workers_option
from keys.desk.passphrase import ask_passphrase
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse
from keys.rehearsing import rehearsal_of
from keys.shuffling import shuffle_ballots
from keys.trustee import open_trustee

__all__ = ["shuffle_command"]


@click.command("shuffle")
@click.argument("root", type=click.Path(path_type=Path))
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder of this trustee.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the shuffled ballots.")
@passphrase_option
@workers_option
@rehearsal_option
@answers
def shuffle_command(
    root: Path,
    folder: Path | None,
    out: Path,
    passphrase_file: Path | None,
    workers: int,
    mode: Mode,
) -> Answer:
    """Check the whole folder, then shuffle the ballots that are opened one by one.

    Every trustee who decrypts does this first, one after the other. A rehearsal needs no folder.

    Example: keys shuffle STICK/official --dir anne --out STICK
    """
    if mode is Mode.REHEARSAL:
        trustee, folder = rehearsal_of(root), None
    elif folder is None:
        raise Misuse("--dir with the folder of this trustee is needed")
    else:
        trustee = open_trustee(folder, ask_passphrase(passphrase_file, "this trustee"))
    raw = shuffle_ballots(trustee, root, folder, mode, workers=workers)
    path = out / f"shuffle-{read_statement(raw).header.signer}.cose"
    write_whole(path, raw)
    return Answer(f"Shuffled. Hand to the town hall: {path}", {"file": str(path)})
