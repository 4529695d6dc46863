"""The command `keys`: a trustee's, a board member's part, and a look into any statement."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from keys.commands.ceremony import ceremony_command, rehearse_command, trustee_command
from keys.commands.findings import findings_command
from keys.commands.memory import memory_command
from keys.desk.command import Answer, answers, run, warn
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
from keys.election.statement import Mode, Statement, read_statement
from keys.findings import Misuse
from keys.paper.codes import PREFIX, decode
from keys.paper.groups import fingerprint_text
from keys.rehearsing import rehearsal_of
from keys.shuffle_command import shuffle_command
from keys.signing import board_command, sign_command
from keys.trustee import Shown, confirm, decrypt, open_trustee

__all__ = ["main"]

_FOLDER = folder_option("Folder of this trustee.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isoloir", prog_name="keys")
def cli() -> None:
    """Hold a trustee's or a board member's key: make it, confirm, open the total together, sign decisions.

    Example: keys show manifest.cose
    """


@cli.command("confirm")
@click.argument("root", type=click.Path(path_type=Path))
@_FOLDER
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
    raw = confirm(trustee, root)
    path = out / f"confirmation-trustee-{read_statement(raw).header.signer}.cose"
    write_whole(path, raw)
    return Answer(f"Confirmed. Hand to the town hall: {path}", {"file": str(path)})


@cli.command("decrypt")
@click.argument("root", type=click.Path(path_type=Path))
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder of this trustee.")
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
    if mode is Mode.REHEARSAL:
        trustee, folder = rehearsal_of(root), None
    elif folder is None:
        raise Misuse("--dir with the folder of this trustee is needed")
    else:
        trustee = open_trustee(folder, ask_passphrase(passphrase_file, "this trustee"))
    raw = decrypt(
        trustee,
        root,
        folder,
        mode,
        workers=workers,
        show=lambda shown: _agree(shown, yes),
        progress=_tell,
    )
    path = out / f"decryption-{read_statement(raw).header.signer}.cose"
    write_whole(path, raw)
    return Answer(f"Opened this part of the totals. Hand to the town hall: {path}", {"file": str(path)})


@cli.command("show")
@click.argument("source")
@answers
def show_command(source: str) -> Answer:
    """Print what a statement says, from a .cose file or the text of a code.

    Nothing is verified: it shows, it does not vouch.

    Example: keys show closing.cose
    """
    text = source.strip()
    raw = decode(text.split()) if text.upper().startswith(PREFIX) else read_bytes(Path(source))
    statement = read_statement(raw)
    data = _statement_data(statement)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in data.items()]
    return Answer("\n".join([*lines, "Shown as it stands; the signature was not checked."]), data)


cli.add_command(findings_command)
cli.add_command(trustee_command)
cli.add_command(ceremony_command)
cli.add_command(rehearse_command)
cli.add_command(board_command)
cli.add_command(sign_command)
cli.add_command(shuffle_command)
cli.add_command(memory_command)


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


def _statement_data(statement: Statement) -> dict[str, object]:
    header = statement.header
    return {
        "type": header.type.name.lower(),
        "mode": header.mode.name.lower(),
        "role": header.role.name.lower(),
        "signer": header.signer,
        "context": fingerprint_text(header.context),
        "fingerprint": fingerprint_text(statement.fingerprint),
        "content": _plain(statement.content),
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.hex() if len(value) <= 64 else f"{value[:16].hex()}... ({len(value)} bytes)"
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def main() -> None:
    """Entry point."""
    run(cli, "keys")
