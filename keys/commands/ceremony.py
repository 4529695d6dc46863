"""Commands by which trustees make their keys and try them: `keys trustee`, `keys ceremony`, `keys rehearse-opening`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from keys.ceremony import hold_on_one_machine, proceed
from keys.desk.command import Answer, answers
from keys.desk.files import load_statement, read_bytes, write_whole
from keys.desk.options import check_paper, folder_option, paper_option, passphrase_option
from keys.desk.passphrase import ask_passphrase
from keys.dry_run import dry_run
from keys.election.ceremony import CeremonyMessage
from keys.election.definition import Definition
from keys.election.draft import open_draft
from keys.election.enrolment import TrusteeFile
from keys.election.statement import Statement, StatementType, read_statement
from keys.findings import Misuse
from keys.holding import new_trustee, open_trustee

__all__ = ["ceremony_command", "rehearse_command", "trustee_command"]

_OUT = click.option("--out", type=click.Path(path_type=Path), required=True, help="Stick: what others get.")
_FROM = click.option(
    "--from", "source", type=click.Path(path_type=Path), help="Stick with what the other trustees said."
)


@click.command("trustee")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--name", help="Name of this trustee in the definition; in the first round.")
@folder_option("Folder of this trustee.")
@_FROM
@_OUT
@passphrase_option
@paper_option
@answers
def trustee_command(
    draft: Path,
    name: str | None,
    folder: Path,
    source: Path | None,
    out: Path,
    passphrase_file: Path | None,
    paper: str | None,
) -> Answer:
    """Make a trustee's keys.

    Where fewer than all trustees open a box, they make the common key in rounds: run it once with --name, bring the
    files of all trustees together on a stick, run it with --from STICK, bring them together again, and run it with
    --from STICK once more. A round can be repeated.

    Example: keys trustee STICK/draft.cose --name "Anne Roux" --dir anne --out STICK;
    later: keys trustee STICK/draft.cose --dir anne --from STICK --out STICK
    """
    raw = read_bytes(draft)
    definition = open_draft(read_statement(raw)).definition
    if source is not None:
        words = ask_passphrase(passphrase_file, "this trustee")
        answered = proceed(folder, raw, words, _statements(source))
        said, waiting, finished = answered.statements, answered.waiting_for, answered.finished
    else:
        if name is None:
            raise Misuse("--name is needed in the first round, --from STICK in the later ones")
        check_paper(read_statement(raw).fingerprint, paper, "fingerprint sheet of the draft")
        words = ask_passphrase(passphrase_file, f"trustee {name}", new=True)
        said = (new_trustee(folder, raw, name, words),)
        finished = read_statement(said[0]).header.type is StatementType.TRUSTEE
        waiting = () if finished else tuple(other for other in definition.trustees if other != name)
    paths = _write(out, definition, said)
    next_step = (
        f"The keys are in {folder}; keep it on a stick of its own. Hand to the town hall:"
        if finished
        else f"Bring to the other trustees, and run it again with theirs (--from); "
        f"waiting for {', '.join(waiting)}:"
    )
    return Answer(
        "\n".join([next_step, *(f"  {path}" for path in paths)]),
        {"finished": finished, "waiting_for": list(waiting), "files": [str(path) for path in paths]},
    )


@click.command("ceremony")
@click.argument("draft", type=click.Path(path_type=Path))
@folder_option("Folder in which every trustee gets one.")
@_OUT
@click.option(
    "--passphrase-file",
    "passphrase_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="File with a trustee's passphrase; one per trustee, in the order of the definition.",
)
@paper_option
@answers
def ceremony_command(
    draft: Path, folder: Path, out: Path, passphrase_files: Sequence[Path], paper: str | None
) -> Answer:
    """Make the keys of all trustees on this one machine, each typing their own passphrase.

    The keys are protected from then on, but not against this machine: minutes and sealed file say so. Each trustee
    takes their own folder away, and nothing of it stays here.

    Example: keys ceremony STICK/draft.cose --dir trustees --out STICK
    """
    raw = read_bytes(draft)
    statement = read_statement(raw)
    names = open_draft(statement).definition.trustees
    if passphrase_files and len(passphrase_files) != len(names):
        raise Misuse(f"--passphrase-file once for each of {len(names)} trustees, or never")
    check_paper(statement.fingerprint, paper, "fingerprint sheet of the draft")
    files: Sequence[Path | None] = passphrase_files or [None] * len(names)
    words = [
        ask_passphrase(file, f"trustee {name}", new=True) for name, file in zip(names, files, strict=True)
    ]
    if len(set(words)) != len(words):
        raise Misuse("two trustees took the same passphrase; each takes an own one, which nobody else knows")
    folders = [folder / f"trustee-{number}" for number in range(1, len(names) + 1)]
    paths = _write(out, open_draft(statement).definition, hold_on_one_machine(folders, raw, words))
    taken = "\n".join(f"  {name}: {at}" for name, at in zip(names, folders, strict=True))
    return Answer(
        f"Every trustee takes their own folder away on a stick, and it is removed from this machine:\n{taken}\n"
        f"Hand to the town hall: {out}",
        {
            "trustees": dict(zip(names, map(str, folders), strict=True)),
            "files": [str(path) for path in paths],
        },
    )


@click.command("rehearse-opening")
@click.argument("root", type=click.Path(path_type=Path))
@folder_option("Folder of this trustee.")
@_FROM
@_OUT
@passphrase_option
@answers
def rehearse_command(
    root: Path, folder: Path, source: Path | None, out: Path, passphrase_file: Path | None
) -> Answer:
    """Try this trustee's key before the day, and open a made-up number together with other trustees.

    ROOT is the folder with draft, manifest, enrolments and trustee files. No vote is involved.

    Example: keys rehearse-opening STICK/official --dir anne --from STICK --out STICK
    """
    trustee = open_trustee(folder, ask_passphrase(passphrase_file, "this trustee"))
    found = dry_run(trustee, root, [] if source is None else _statements(source))
    path = out / f"dry-run-{found.number + 1}.cose"
    write_whole(path, found.part)
    together = ", ".join(found.taking_part)
    said = (
        f"The keys of {together} open together what is sealed to this vote."
        if found.opened
        else f"The key belongs to this vote. Parts so far: {together}. Parts needed to open together: {found.needed}."
    )
    return Answer(
        f"{said}\nFor the other trustees: {path}",
        {
            "opened": found.opened,
            "taking_part": list(found.taking_part),
            "needed": found.needed,
            "file": str(path),
        },
    )


def _statements(source: Path) -> list[Statement]:
    paths: Iterable[Path] = sorted(source.rglob("*.cose")) if source.is_dir() else [source]
    return [load_statement(path) for path in paths]


def _write(out: Path, definition: Definition, said: Sequence[bytes]) -> list[Path]:
    """Write what trustees said, one file each; a round that is repeated writes the same files."""
    paths = []
    for raw in said:
        statement = read_statement(raw)
        if statement.header.type is StatementType.TRUSTEE:
            name, what = TrusteeFile.from_content(statement.content, statement.name).name, "file"
        else:
            message = CeremonyMessage.from_content(statement.content, statement.name)
            name, what = message.name, message.step.name.lower()
        paths.append(out / f"trustee-{definition.trustees.index(name) + 1}-{what}.cose")
        write_whole(paths[-1], raw)
    return paths
