"""What people decide and hand in: decisions with the board's signatures, checked ballots, counts on paper."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.files import read_bytes
from keys.desk.options import folder_option, passphrase_option, rehearsal_option
from keys.desk.passphrase import ask_passphrase
from keys.election.decision import Decision, DecisionKind, Matter, matter
from keys.election.definition import Definition
from keys.election.dossier import Dossier
from keys.election.statement import Mode
from keys.findings import Misuse
from keys.paper.groups import parse_fingerprint, short_code
from tally.boxes.challenges import take_in
from tally.decisions.deciding import (
    Waiting,
    collect_signatures,
    contest_named,
    decide,
    late_sets,
    tie_order,
    waiting,
)
from tally.decisions.namecheck import check_unnamed
from tally.results.paper_entry import Line, Typist, read_figures, station_named, type_count, wanted
from tally.workspace import Workspace

__all__ = ["challenge_command", "decide_command", "paper_command"]

_FOLDER = folder_option("Folder of the returning officer.")
_KINDS = {kind.name.lower().replace("_", "-"): kind for kind in DecisionKind}
_PATH = click.Path(path_type=Path)
_ANYWAY = click.option(
    "--anyway", is_flag=True, help="Keep a text in which a word is found that is a name on the register."
)


@click.command("decide")
@click.argument("kind", type=click.Choice(sorted(_KINDS)), required=False)
@click.argument("subject", required=False)
@_FOLDER
@passphrase_option
@rehearsal_option
@click.option("--collect", type=_PATH, multiple=True, help="Take in what board members signed.")
@click.option("--reason", help="Who decided, when, and why; it is published.")
@click.option("--step", help="For a tie: the step, as tally count names it.")
@click.option(
    "--order", help="For a tie: ids of the tied options, the first place first, separated by commas."
)
@click.option("--basis", type=click.Choice(["lot", "age", "rule"]), default="lot", help="For a tie.")
@click.option(
    "--digest", help="For a box: the digest of all ballots on the closing report of the one that counts."
)
@_ANYWAY
@answers
def decide_command(
    kind: str | None,
    subject: str | None,
    folder: Path,
    passphrase_file: Path | None,
    mode: Mode,
    collect: Sequence[Path],
    reason: str | None,
    step: str | None,
    order: str | None,
    basis: str,
    digest: str | None,
    anyway: bool,
) -> Answer:
    """Record a decision that people took; later take in the signatures of the board.

    SUBJECT is the id of a contest (tie, few-ballots), of a station (paper), or the name of a machine (the others).

    Examples: tally decide exclusion m7 --reason "Never opened" --dir office;  tally decide --collect STICK --dir office
    """
    workspace = Workspace(folder, mode)
    if collect:
        if kind is not None:
            raise Misuse("--collect takes in signatures; give no kind of decision with it")
        taken, left = collect_signatures(workspace, collect)
        return Answer(_collected(taken, left), {"taken": taken, "waiting": len(left)})
    if kind is None or subject is None or reason is None:
        raise Misuse("a kind of decision, its subject and --reason are needed; or --collect")
    check_unnamed(workspace, reason, anyway=anyway)
    dossier = workspace.dossier()
    which = _KINDS[kind]
    index = _subject(dossier, which, subject)
    before, after = late_sets(dossier, index) if which is DecisionKind.LATE_BOX else (None, None)
    decision = Decision(
        kind=which,
        subject=index,
        reason=reason,
        at=int(time.time()),
        step=step if which is DecisionKind.TIE else None,
        order=_order(dossier, index, step, order) if which is DecisionKind.TIE else None,
        basis=basis if which is DecisionKind.TIE else None,
        before=before,
        after=after,
        digest=_digest(dossier, which, index, digest),
    )
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    fingerprint = decide(workspace, authority, decision)
    left = tuple(item for item in waiting(workspace.dossier()) if item.signed.fingerprint == fingerprint)
    text = f"Recorded: {short_code(fingerprint)}"
    for item in left:
        text += (
            f"\nIt waits for {counted(item.missing, 'signature')} of the board. "
            f"Hand the board {workspace.root / item.path} "
            f"with draft and manifest: keys sign; then: tally decide --collect."
        )
    missing = left[0].missing if left else 0
    return Answer(text, {"decision": fingerprint.hex(), "missing": missing})


@click.command("challenge")
@click.argument("sources", type=_PATH, nargs=-1, required=True)
@_FOLDER
@rehearsal_option
@answers
def challenge_command(sources: Sequence[Path], folder: Path, mode: Mode) -> Answer:
    """Take in ballots that voters opened to check a machine; they are published, and must be in no box.

    SOURCES are .cose files, files with the text of the code, or folders that are searched.

    Example: tally challenge sheet.txt --dir office
    """
    kept, findings = take_in(Workspace(folder, mode), sources)
    text = f"{counted(len(kept), 'checked ballot paper')} taken in; each was made again from its sheet."
    return Answer(text, {"challenges": kept}, tuple(findings))


@click.command("paper")
@click.argument("station")
@_FOLDER
@passphrase_option
@rehearsal_option
@click.option("--name", required=True, help="Of the person who types.")
@click.option("--reason", required=True, help="Why the station voted on paper; it is published.")
@click.option(
    "--file", "source", type=_PATH, help="CSV: contest,line,number. Asked at the terminal without it."
)
@_ANYWAY
@answers
def paper_command(
    station: str,
    folder: Path,
    passphrase_file: Path | None,
    mode: Mode,
    name: str,
    reason: str,
    source: Path | None,
    anyway: bool,
) -> Answer:
    """Type in the count of a station that had to vote on paper; twice, by two people.

    Example: tally paper b7 --name "Anne Roux" --reason "No power all day" --file b7.csv --dir office
    """
    workspace = Workspace(folder, mode)
    definition = workspace.dossier().manifest.definition
    index = station_named(definition, station)
    check_unnamed(workspace, reason, anyway=anyway)
    if source is None:
        figures = _ask(definition, index)
    else:
        figures = read_figures(read_bytes(source, 1_000_000).decode("utf-8", "replace"), definition, index)
    authority = workspace.open_authority(ask_passphrase(passphrase_file, "the authority"))
    typist = Typist(name.strip(), reason)
    fingerprint = type_count(workspace, authority, index, figures, typist, int(time.time()))
    if fingerprint is None:
        text = f"Kept. Now a second person types station {station} again, with another --name."
        return Answer(text, {"typed": 1})
    text = f"Both typed the same: {short_code(fingerprint)}. It counts once it is decided: tally decide paper {station}"
    return Answer(text, {"typed": 2, "count": fingerprint.hex()})


def _subject(dossier: Dossier, kind: DecisionKind, name: str) -> int:
    if matter(kind) is Matter.CONTEST:
        return contest_named(dossier, name)
    if matter(kind) is Matter.STATION:
        return station_named(dossier.manifest.definition, name)
    return dossier.manifest.machine_named(name)


def _order(dossier: Dossier, contest: int, step: str | None, order: str | None) -> tuple[int, ...]:
    if step is None or order is None:
        raise Misuse("a decision on a tie needs --step and --order, as tally count names them")
    return tie_order(dossier, contest, tuple(part.strip() for part in order.split(",") if part.strip()))


def _digest(dossier: Dossier, kind: DecisionKind, subject: int, text: str | None) -> bytes | None:
    if kind is DecisionKind.PAPER:
        name = dossier.manifest.definition.stations[subject].id
        statement = dossier.others.get(f"paper/{name}.cose")
        if statement is None:
            raise Misuse(f"station {name} has no count on paper yet: tally paper")
        return statement.fingerprint
    if kind is not DecisionKind.BOX:
        return None
    if text is None:
        raise Misuse("a decision on a box needs --digest, from the closing report of the one that stays")
    return parse_fingerprint(text)


def _collected(taken: int, left: Sequence[Waiting]) -> str:
    lines = [f"{counted(taken, 'signature')} taken in."]
    lines += [
        f"Decision {short_code(item.signed.fingerprint)} still waits for "
        f"{counted(item.missing, 'signature')}: {item.path}"
        for item in left
    ]
    return "\n".join(lines)


def _ask(definition: Definition, station: int) -> dict[Line, int]:
    return {
        (contest, line): click.prompt(
            f"{contest} {line}".strip(), type=click.IntRange(0, 1_000_000), err=True
        )
        for contest, line in wanted(definition, station)
    }
