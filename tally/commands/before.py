"""Before the day: define, rolls, seal, confirmations."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.files import read_bytes, write_whole
from keys.desk.options import folder_option, passphrase_option
from keys.desk.passphrase import ask_passphrase
from keys.desk.together import Together
from keys.election.definition import Definition
from keys.election.roll import Elector, entitled
from keys.findings import Misuse
from keys.paper.groups import fingerprint_text
from keys.paper.pages import render_a4
from tally.commands.beginning import list_templates, write_template
from tally.count.files.pb import read_pb
from tally.definition.file import read_definition
from tally.definition.pabulib import from_pabulib
from tally.definition.writer import write_definition
from tally.preparing.defining import (
    collect_confirmations,
    keep_rolls,
    new_vote,
    replace_seal,
    seal_vote,
    write_poster,
)
from tally.preparing.posters import draft_sheet
from tally.roll.town_list import read_roll
from tally.templates import LANGUAGES
from tally.workspace import Workspace

__all__ = ["confirmations_command", "new_command", "roll_command", "seal_command"]

_FOLDER = folder_option("Folder of the returning officer.")


@click.command("new")
@click.argument("definition_file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--template",
    "beginning",
    is_flag=False,
    flag_value="",
    metavar="NAME",
    help="Write a definition to begin with, election.toml or the file named; without NAME, list them.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    help="With --template: language of its notes, and the first of the vote.",
)
@click.option("--pabulib", is_flag=True, help="Make the definition from the .pb files that follow.")
@click.option(
    "--guests", type=click.IntRange(0, 500), default=0, help="With --pabulib: electors to try it with."
)
@click.argument("pb_files", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), help="Folder of the returning officer, new or empty."
)
@passphrase_option
@answers
def new_command(
    definition_file: Path | None,
    beginning: str | None,
    lang: str,
    pabulib: bool,
    guests: int,
    pb_files: Sequence[Path],
    folder: Path | None,
    passphrase_file: Path | None,
) -> Answer:
    """Start a vote from election.toml, or a demonstration from .pb files; or write a file to begin with.

    Examples: tally new --template budget;  tally new election.toml --dir office;
    tally new --pabulib 06.pb 16.pb --dir office
    """
    files = [path for path in (definition_file, *pb_files) if path is not None]
    if beginning is not None:
        if pabulib or folder is not None or len(files) > 1:
            raise Misuse("--template takes a name and one file, nothing else")
        if not beginning:
            return list_templates(lang)
        return write_template(beginning, lang, files[0] if files else Path("election.toml"))
    if folder is None:
        raise Misuse(
            "--dir is needed, the folder of the returning officer: tally new election.toml --dir office"
        )
    if not files:
        raise Misuse("a definition is needed: tally new election.toml, or --pabulib with .pb files")
    if pabulib:
        definition, rolls = _from_pabulib(files, guests)
        text = write_definition(definition)
    else:
        if len(files) > 1:
            raise Misuse("one definition at a time; for .pb files add --pabulib")
        (definition, text), rolls = _definition(files[0]), {}
    words = ask_passphrase(passphrase_file, "the authority", new=True)
    fingerprint = new_vote(folder, definition, words, int(time.time()), secrets.token_bytes)
    write_whole(folder / "election.toml", text.encode())
    if rolls:
        keep_rolls(folder, rolls, secrets.token_bytes)
    sheet = folder / "draft-sheet.pdf"
    write_whole(sheet, render_a4(draft_sheet(definition, fingerprint, Together.of(definition))))
    contests, stations = len(definition.contests), len(definition.stations)
    return Answer(
        f"A vote with {counted(contests, 'contest')} and {counted(stations, 'station')} is drafted in {folder}.\n"
        f"Hand {folder / 'draft.cose'} to trustees and machines, with the sheet {sheet}.\n"
        f"Fingerprint of the draft: {fingerprint_text(fingerprint)}",
        {"contests": contests, "stations": stations, "fingerprint": fingerprint_text(fingerprint)},
    )


@click.command("roll")
@click.argument("file", type=click.Path(path_type=Path))
@_FOLDER
@click.option("--yes", is_flag=True, help="Do not ask whether the guessed columns are right.")
@answers
def roll_command(file: Path, folder: Path, yes: bool) -> Answer:
    """Assign electors to their stations from a town's CSV file, the electoral register.

    Example: tally roll electors.csv --dir office
    """
    draft, _ = Workspace(folder).draft()
    preview = read_roll(read_bytes(file, 200_000_000), draft.definition)
    warn(f"Read as {preview.encoding}, columns separated by {preview.delimiter!r}:")
    for heading, meaning in preview.columns:
        warn(f"  {heading}: {meaning or 'left out'}")
    for problem in preview.warnings:
        warn(f"  warning: {problem}")
    stations = preview.accept(file.name)
    if not yes:
        click.confirm("Are the columns right?", abort=True, err=True)
    keep_rolls(folder, stations, secrets.token_bytes)
    count = sum(map(entitled, stations.values()))
    return Answer(
        f"{counted(count, 'elector')} brought to {counted(len(stations), 'station')}.",
        {"electors": count, "stations": len(stations)},
    )


@click.command("seal")
@click.argument("sources", type=click.Path(path_type=Path), nargs=-1)
@_FOLDER
@passphrase_option
@click.option("--confirm", "confirming", is_flag=True, help="Take in confirmations of the sealed vote.")
@click.option("--replaces", is_flag=True, help="Replace the sealed file, while nothing is open.")
@click.option(
    "--definition",
    "changed",
    type=click.Path(path_type=Path),
    help="With --replaces: the changed definition.",
)
@answers
def seal_command(
    sources: Sequence[Path],
    folder: Path,
    passphrase_file: Path | None,
    confirming: bool,
    replaces: bool,
    changed: Path | None,
) -> Answer:
    """Seal the vote and its rehearsal; later take in confirmations.

    SOURCES are files, or folders that are searched, with enrolments, trustee files or confirmations.

    Examples: tally seal STICK --dir office;  tally seal --confirm STICK --dir office;
    tally seal --replaces --definition election.toml --dir office
    """
    if changed is not None and not replaces:
        raise Misuse("--definition belongs to --replaces")
    if not sources and changed is None:
        raise Misuse("a stick or file with what was handed in is needed")
    if confirming:
        return _confirm(folder, sources)
    authority = Workspace(folder).open_authority(ask_passphrase(passphrase_file, "the authority"))
    if replaces:
        wanted = None if changed is None else _definition(changed)[0]
        sealed = replace_seal(folder, wanted, sources, authority, int(time.time()), secrets.token_bytes)
    else:
        sealed = seal_vote(folder, sources, authority, int(time.time()), secrets.token_bytes)
    path = write_poster(folder, sealed)
    return Answer(
        f"Sealed: file number {sealed.manifest.number}, {counted(len(sealed.manifest.machines), 'machine')}, "
        f"{counted(len(sealed.manifest.trustees), 'trustee')}.\nPrint and post: {path}\n"
        f"Bring to the machines: {folder / 'packages'}; to the trustees: {folder / 'official'}\n"
        f"Fingerprint: {fingerprint_text(sealed.fingerprint)}",
        {
            "fingerprint": fingerprint_text(sealed.fingerprint),
            "rehearsal_fingerprint": fingerprint_text(sealed.rehearsal_fingerprint),
            "machines": len(sealed.manifest.machines),
        },
    )


@click.command("confirmations")
@_FOLDER
@answers
def confirmations_command(folder: Path) -> Answer:
    """Say who has not confirmed the sealed vote yet.

    Example: tally confirmations --dir office
    """
    return _confirm(folder, ())


def _confirm(folder: Path, sources: Sequence[Path]) -> Answer:
    taken, missing = collect_confirmations(folder, sources)
    rest = f"Not confirmed yet: {', '.join(missing)}." if missing else "Everybody has confirmed."
    return Answer(f"{counted(taken, 'confirmation')} taken in. {rest}", {"taken": taken, "missing": missing})


def _definition(path: Path) -> tuple[Definition, str]:
    """A definition and its text; what will not work on the day is told as a warning."""
    text = _utf8(path)
    definition, cautions = read_definition(text, path.name)
    for caution in cautions:
        warn(f"warning: {caution}")
    return definition, text


def _from_pabulib(files: Sequence[Path], guests: int) -> tuple[Definition, dict[int, Sequence[Elector]]]:
    vote = from_pabulib([(path.name, read_pb(_utf8(path), path.name)) for path in files], guests=guests)
    return vote.definition, dict(enumerate(vote.electors))


def _utf8(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(f"{path} is not UTF-8 text: byte {error.start}") from None
