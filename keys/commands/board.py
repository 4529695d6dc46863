"""Commands of a board member: `keys board`, `keys sign`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from keys.board import co_sign, new_member, open_member, read_vote, words_of
from keys.desk.command import Answer, answers, warn
from keys.desk.files import load_statement, read_bytes, write_whole
from keys.desk.language import Language
from keys.desk.options import check_paper, folder_option, paper_option, passphrase_option, rehearsal_option
from keys.desk.passphrase import ask_passphrase
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse

__all__ = ["board_command", "sign_command"]

_FOLDER = folder_option("Folder of this board member.")


@click.command("board")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of this board member in the definition.")
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: what the town hall gets.")
@passphrase_option
@paper_option
@answers
def board_command(
    draft: Path, name: str, folder: Path, out: Path, passphrase_file: Path | None, paper: str | None
) -> Answer:
    """Make a board member's key, with which decisions are signed.

    Example: keys board STICK/draft.cose --name "Chloé Diaz" --dir chloe --out STICK
    """
    raw = read_bytes(draft)
    check_paper(read_statement(raw).fingerprint, paper, "fingerprint sheet of the draft")
    handed_in = new_member(
        folder, raw, name, ask_passphrase(passphrase_file, f"board member {name}", new=True)
    )
    paths = []
    for mode, statement in handed_in.items():
        short = read_statement(statement).fingerprint.hex()[:8]
        paths.append(out / f"board-{mode.name.lower()}-{short}.cose")
        write_whole(paths[-1], statement)
    lines = "\n".join(f"  {path}" for path in paths)
    return Answer(
        f"The key of board member {name} is in {folder}; keep it on a stick of its own.\n"
        f"Hand to the town hall:\n{lines}",
        {"member": name, "files": [str(path) for path in paths]},
    )


@click.command("sign")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--vote",
    "root",
    type=click.Path(path_type=Path),
    help="Folder with draft and manifest; otherwise the one that holds the folder of the first file.",
)
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: the signatures.")
@click.option("--yes", is_flag=True, help="Sign without asking at the terminal.")
@click.option("--language", default=None, help="Language of what is shown; otherwise the town's own.")
@passphrase_option
@paper_option
@rehearsal_option
@answers
def sign_command(
    files: Sequence[Path],
    root: Path | None,
    folder: Path,
    out: Path,
    yes: bool,
    language: str | None,
    passphrase_file: Path | None,
    paper: str | None,
    mode: Mode,
) -> Answer:
    """Read what the authority decided or certified, and sign it too.

    Example: keys sign STICK/official/decisions/0f3c.cose --dir chloe --out STICK
    """
    member = open_member(folder, ask_passphrase(passphrase_file, "this board member"))
    where = root or files[0].resolve().parent.parent
    vote = read_vote(
        where, mode, folder, lambda digest: check_paper(digest, paper, "poster of the town hall")
    )
    names = [path.name for path in files]
    if len(set(names)) != len(names):
        raise Misuse("two files of one name; sign them one after the other")
    words = Language(language or vote.manifest.definition.language)
    statements = [load_statement(path) for path in files]
    for statement in statements:
        for line in words_of(vote, statement, words):
            warn(line)
    if not yes:
        click.confirm(f"Sign {'this' if len(files) == 1 else f'these {len(files)}'}?", abort=True, err=True)
    written = []
    for path, statement in zip(files, statements, strict=True):
        raw = co_sign(member, vote, statement)
        target = out / f"{path.stem}.board-{read_statement(raw).header.signer}.cose"
        write_whole(target, raw)
        written.append(str(target))
    return Answer(f"Signed. Hand to the town hall: {', '.join(written)}", {"files": written})
