"""On the evening: import boxes, see what is in, request the opening, count."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers, warn
from keys.desk.counted import counted
from keys.desk.files import write_whole
from keys.desk.options import (
    check_paper,
    folder_option,
    passphrase_option,
    rehearsal_option,
    workers_option,
)
from keys.desk.passphrase import ask_passphrase
from keys.election.statement import Mode
from keys.findings import Misuse, Refused
from tally.boxes.merge import import_box
from tally.boxes.sticks import copy_for_trustees, find_boxes
from tally.count.files.alone import count_votes, read_votes
from tally.count.files.written import written
from tally.count.outcome import Outcome
from tally.count.outcome_json import outcome_to_json
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.results.all_contests import counted_contests
from tally.workspace import Workspace

__all__ = ["count_command", "import_command", "request_command", "three"]

_FOLDER = folder_option("Folder of the returning officer.")


@click.command("import")
@click.argument("sources", type=click.Path(path_type=Path), nargs=-1, required=True)
@_FOLDER
@rehearsal_option
@workers_option
@click.option(
    "--paper",
    "papers",
    multiple=True,
    metavar="TEXT",
    help="Digest of all ballots as printed on the closing report, once per box, in the same order; otherwise you are "
    "asked for it.",
)
@answers
def import_command(
    sources: Sequence[Path], folder: Path, mode: Mode, workers: int, papers: Sequence[str]
) -> Answer:
    """Take in boxes from sticks, in any order, each whole or not at all.

    SOURCES are folders that stations exported, or sticks that are searched for them.

    Example: tally import STICK --dir office
    """
    boxes = find_boxes(sources)
    if papers and len(papers) != len(boxes):
        raise Misuse(
            f"{counted(len(boxes), 'box', 'boxes')}, but --paper is given {counted(len(papers), 'time')}"
        )
    workspace = Workspace(folder, mode)
    lines, rows, refused = [], [], []
    for number, box in enumerate(boxes):
        paper = papers[number] if papers else None
        try:
            done = import_box(
                workspace, box, _paper_check(paper), int(time.time()), workers=workers, progress=tell("")
            )
        except Refused as refusal:
            refused.append(refusal)
            continue
        figures = three(done.marks, done.ballots, done.signatures)
        lines.append(f"machine {done.machine}: {done.verdict.value}. {figures}.")
        rows.append(
            {
                "machine": done.machine,
                "verdict": done.verdict.name.lower(),
                "ballots": done.ballots,
                "marks": done.marks,
                "signatures": done.signatures,
            }
        )
    return Answer("\n".join(lines) or "No box was taken in.", {"boxes": rows}, tuple(refused))


@click.command("request")
@_FOLDER
@passphrase_option
@rehearsal_option
@click.option(
    "--out", type=click.Path(path_type=Path), help="Also copy the whole folder there, for the trustees."
)
@click.option("--again", is_flag=True, help="Once more, with a late box that the board has taken in.")
@answers
def request_command(
    folder: Path, passphrase_file: Path | None, mode: Mode, out: Path | None, again: bool
) -> Answer:
    """Write the archives and ask the trustees to open their totals.

    Example: tally request --dir office --out STICK/ISOLOIR
    """
    workspace = Workspace(folder, mode)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    request = request_opening(workspace, authority, int(time.time()), tell("writing "), again=again)
    where = workspace.root
    if out is not None:
        where = out / mode.name.lower()
        copy_for_trustees(workspace.root, where)
    ballots = {
        workspace.dossier().manifest.definition.contests[item.contest].id: item.ballots
        for item in request.contests
    }
    total = sum(ballots.values())
    text = f"Requested: {counted(len(request.contests), 'contest')}, {counted(total, 'ballot')}."
    text += f"\nHand to the trustees: {where}"
    return Answer(text, {"contests": ballots, "folder": str(where)})


@click.command("count")
@click.argument("sources", type=click.Path(path_type=Path), nargs=-1)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder of the returning officer.")
@click.option("--rule", help="Count a .pb, BLT, PrefLib or CSV file by this rule, without a vote around it.")
@click.option("--seats", type=click.IntRange(1, 1000), help="With --rule: places to fill.")
@click.option("--budget", type=click.IntRange(1), help="With --rule: money to spend.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="With --rule: a new folder for the outcome, its tables (CSV), and the votes (.pb or BLT).",
)
@rehearsal_option
@answers
def count_command(
    sources: Sequence[Path],
    folder: Path | None,
    rule: str | None,
    seats: int | None,
    budget: int | None,
    out: Path | None,
    mode: Mode,
) -> Answer:
    """Open the totals with the trustees' decryptions and count; or count a file alone.

    Examples: tally count STICK --dir office;  tally count 06.pb --rule budget-greedy
    """
    if rule is not None:
        if len(sources) != 1 or folder is not None:
            raise Misuse("with --rule, give one file and no --dir")
        return _count_alone(sources[0], rule, seats, budget, out)
    if out is not None:
        raise Misuse("--out belongs to --rule; the results of a vote are written by tally certify")
    if folder is None:
        raise Misuse("--dir is needed, or a file with --rule")
    workspace = Workspace(folder, mode)
    answered = collect_decryptions(workspace, sources)
    warn(f"Trustees who have answered: {answered}.")
    open_totals(workspace, lambda contest: warn(f"opening {contest}"))
    dossier = workspace.dossier()
    results, _ = counted_contests(workspace, dossier)
    lines, data = [], {}
    for item in results:
        identifier = dossier.manifest.definition.contests[item.contest].id
        lines.append(
            f"Contest {identifier}: {counted(item.totals.ballots, 'ballot')}, {item.totals.blank:,} blank"
        )
        lines.append(outcome_text(item.outcome))
        data[identifier] = outcome_to_json(item.outcome)
    return Answer("\n".join(lines), {"contests": data})


def _count_alone(path: Path, rule: str, seats: int | None, budget: int | None, out: Path | None) -> Answer:
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Misuse(f"{out} is not a new folder, and nothing is overwritten")
    read = read_votes(path, rule)
    outcome = count_votes(read, rule, seats, budget)
    text = outcome_text(outcome)
    if out is not None:
        for name, content in written(read, outcome, path.stem).items():
            write_whole(out / name, content.encode())
        text += f"\nWritten: {out}"
    return Answer(text, outcome_to_json(outcome))


def outcome_text(outcome: Outcome) -> str:
    """A count for people."""
    lines = [f"  {votes!s:>8}  {name}" for name, votes in _by_votes(outcome)]
    lines.append(f"  {outcome.verdict}")
    for tie in outcome.ties:
        names = ", ".join(outcome.options[at] for at in tie.options)
        lines.append(f"  TIE at step {tie.step}: {names}. {tie.why}")
    return "\n".join(lines)


def tell(prefix: str, things: str = "ballots") -> Callable[[str, int], None]:
    """Progress of ballots or other things on stderr, where it is a terminal."""

    def show(name: str, done: int) -> None:
        if os.isatty(2):
            click.echo(f"\r{prefix}{name}: {done} {things} \033[K", err=True, nl=False)

    return show


def three(marks: int, ballots: int, signatures: int) -> str:
    """The figures of a box, in a line."""
    return f"{counted(marks, 'mark')}, {counted(ballots, 'ballot')}, {counted(signatures, 'signature')}"


def _by_votes(outcome: Outcome) -> list[tuple[str, str]]:
    order = sorted(range(len(outcome.options)), key=lambda at: (-outcome.totals[at], at))
    return [(outcome.options[at], str(outcome.totals[at])) for at in order]


def _paper_check(paper: str | None) -> Callable[[str, str, bytes], None]:
    return lambda machine, station, digest: check_paper(
        digest, paper, f"closing report of machine {machine}, {station}"
    )
