"""The works of the officer: each calls one use case, the same that its command calls."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Sequence
from pathlib import Path

from keys.desk.files import load_statement
from keys.election.decision import Decision
from keys.election.report import ClosingReport
from keys.election.statement import StatementType
from keys.findings import Refused, Unreadable
from keys.paper.groups import hide_two_groups, short_code
from tally.backup import back_up, count_files
from tally.certify import certify
from tally.deciding import collect_signatures, decide
from tally.defining import collect_confirmations
from tally.merge import Verdict, import_box
from tally.opening import collect_decryptions, open_totals, request_opening
from tally.paper import type_count
from tally.publish import publish
from tally.screens.asking import AskGroups
from tally.screens.desk import Desk
from tally.screens.paper_form import Typed
from tally.screens.work import Ended, Job, Reporter, Stopped
from tally.shuffling import collect_shuffles
from tally.sticks import copy_for_trustees, find_boxes

__all__ = [
    "backing_up",
    "certifying",
    "collecting",
    "confirming",
    "deciding",
    "opening",
    "publishing",
    "reading",
    "requesting",
    "shuffling",
    "taking_answers",
    "taking_in",
    "typing",
]


_MOST = 500


def reading(desk: Desk) -> Job:
    """Read where the vote stands."""
    return Job(desk.language.say("Reading the folder"), lambda _: "")


def confirming(desk: Desk, place: Path) -> Job:
    """Take in confirmations of the sealed vote."""
    say = desk.language.say

    def run(_: Reporter) -> str:
        taken, missing = collect_confirmations(desk.workspace.folder, [place])
        words = desk.language.say_many(
            "{count} confirmation taken in.", "{count} confirmations taken in.", taken
        )
        return words + (" " + say("Still missing: {names}.", names=", ".join(missing)) if missing else "")

    return Job(say("Taking in confirmations"), run)


def taking_in(desk: Desk, place: Path) -> Job:
    """Take in all boxes of a stick, each whole or not at all; the groups on paper are asked for each."""
    say = desk.language.say

    def run(reporter: Reporter) -> Ended:
        lines: list[str] = []
        errors: list[Exception] = []
        boxes = find_boxes([place])
        reporter.expect(_ballots(desk, boxes))
        for box in boxes:
            try:
                lines.append(_box(desk, box, reporter))
            except Refused as refused:
                errors.append(refused)
            except Stopped:
                return Ended("\n".join(lines), tuple(errors), stopped=True)
        return Ended("\n".join(lines), tuple(errors))

    return Job(say("Taking in boxes: every ballot is checked"), run)


def requesting(desk: Desk, words: bytes, out: Path | None) -> Job:
    """Sign the request to the trustees, and copy what they need."""
    say, workspace = desk.language.say, desk.workspace

    def run(reporter: Reporter) -> str:
        authority = workspace.open_authority(words)
        request = request_opening(workspace, authority, desk.clock(), reporter.tell)
        text = say(
            "The request is signed. Contests: {contests}; ballots: {ballots}.",
            contests=len(request.contests),
            ballots=sum(item.ballots for item in request.contests),
        )
        if out is None:
            return text
        copy_for_trustees(workspace.root, out)
        return text + "\n" + say("The copy for the trustees is in {place}.", place=out)

    total = sum(desk.sealed.board.files.ballots.values())
    return Job(say("Writing the archives"), run, total)


def taking_answers(desk: Desk, place: Path) -> Job:
    """Take in what trustees answered."""
    say = desk.language.say

    def run(_: Reporter) -> str:
        answered = collect_decryptions(desk.workspace, [place])
        needed = desk.definition.threshold
        return say("Trustees who have answered: {there}; needed: {needed}.", there=answered, needed=needed)

    return Job(say("Taking in answers of trustees"), run)


def shuffling(desk: Desk, place: Path | None) -> Job:
    """Take in a trustee's shuffle, or end the shuffles where there is no place."""
    say = desk.language.say

    def run(_: Reporter) -> str:
        state = collect_shuffles(desk.workspace, [] if place is None else [place], end=place is None)
        names = [trustee.name for trustee in desk.sealed.dossier.manifest.trustees]
        text = say("Shuffled by: {names}.", names=", ".join(names[at] for at in state.done) or "-")
        if state.ended:
            return text + "\n" + say("The shuffles have ended. These trustees answer now, in any order.")
        then = say("Next is {name}: hand on the folder as it is now.", name=names[state.left[0]])
        return f"{text}\n{then}"

    return Job(say("Checking the proof of a shuffle"), run)


def typing(desk: Desk, words: bytes, station: int, typed: Typed) -> Job:
    """Keep a count on paper: the first person's figures, or with the second's the count itself."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
        authority = workspace.open_authority(words)
        count = type_count(workspace, authority, station, typed.figures, typed.typist, desk.clock())
        if count is None:
            return say("Kept. Now a second person types the same paper again.")
        code = short_code(count)
        return say("Both typed the same: {code}. It counts once the board has decided so.", code=code)

    return Job(say("Comparing both counts on paper"), run)


def opening(desk: Desk) -> Job:
    """Open the totals of all contests."""
    say = desk.language.say

    def run(reporter: Reporter) -> str:
        seen = 0

        def tell(contest: str) -> None:
            nonlocal seen
            reporter.tell(contest, 0)
            seen += 1

        totals = open_totals(desk.workspace, tell)
        return desk.language.say_many(
            "The totals of {count} contest are opened and counted.",
            "The totals of {count} contests are opened and counted.",
            len(totals),
        )

    return Job(say("Opening the totals: every proof is checked"), run)


def deciding(desk: Desk, words: bytes, decision: Decision) -> Job:
    """Sign a decision."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
        fingerprint = decide(workspace, workspace.open_authority(words), decision)
        text = say("The decision is signed: {code}.", code=short_code(fingerprint))
        signers = desk.definition.signers
        if not signers:
            return text
        waits = desk.language.say_many(
            "It takes effect with {count} signature of the board: hand the board the folder.",
            "It takes effect with {count} signatures of the board: hand the board the folder.",
            signers,
        )
        return f"{text}\n{waits}"

    return Job(say("Signing a decision"), run)


def collecting(desk: Desk, place: Path) -> Job:
    """Take in decisions that board members signed."""
    say = desk.language.say

    def run(_: Reporter) -> str:
        taken, left = collect_signatures(desk.workspace, [place])
        return say(
            "Signatures taken in: {count}; decisions still waiting: {left}.", count=taken, left=len(left)
        )

    return Job(say("Taking in signatures of the board"), run)


def certifying(desk: Desk, words: bytes, place: Path | None) -> Job:
    """Sign the results and write the minutes; or take in what the board signed."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
        sources = [] if place is None else [place]
        done = certify(workspace, workspace.open_authority(words), desk.clock(), sources)
        if done.minutes is None:
            return desk.language.say_many(
                "The results are signed. They wait for {count} signature of the board.",
                "The results are signed. They wait for {count} signatures of the board.",
                done.missing,
            )
        return say("The minutes are written: {place}. Print them, and have them signed.", place=done.minutes)

    return Job(say("Certifying"), run)


def publishing(desk: Desk, words: bytes, out: Path) -> Job:
    """Write the public folder."""
    say, workspace = desk.language.say, desk.workspace

    def run(reporter: Reporter) -> str:
        authority = workspace.open_authority(words)
        files = publish(workspace, out, authority, desk.clock(), lambda contest: reporter.tell(contest, 0))
        return say("{count} files written to {place}. Anyone may verify them.", count=files, place=out)

    return Job(say("Publishing"), run)


def backing_up(desk: Desk, place: Path) -> Job:
    """Copy the folder to another disk, and compare."""
    say, folder = desk.language.say, desk.workspace.folder

    def run(reporter: Reporter) -> str:
        reporter.expect(2 * count_files(folder))
        done = back_up(folder, place, desk.clock(), reporter.tell)
        return say(
            "Copied, read back and compared: {count} files in {place}. Keep it in the safe: it holds the "
            "registers.",
            count=done.files,
            place=done.path,
        )

    return Job(say("Backing up"), run)


def _box(desk: Desk, box: Path, reporter: Reporter) -> str:
    def check_paper(station: str, digest: bytes) -> None:
        if not reporter.ask(AskGroups(desk, station, hide_two_groups(digest, secrets.randbelow))):
            raise Stopped

    done = import_box(
        desk.workspace, box, check_paper, desk.clock(), workers=desk.workers, progress=reporter.tell
    )
    say = desk.language.say
    if done.verdict is Verdict.ALREADY_IN:
        return say("Machine {machine} was in already; nothing has changed.", machine=done.machine)
    return say(
        "Machine {machine} is in. Marks: {marks}; ballots: {ballots}; signatures: {signatures}.",
        machine=done.machine,
        marks=done.marks,
        ballots=done.ballots,
        signatures=done.signatures,
    )


def _ballots(desk: Desk, boxes: Sequence[Path]) -> int | None:
    """Ballots to check, as the reports beside them state: for the time left alone. None if they cannot be read."""
    total, manifest = 0, desk.sealed.dossier.manifest
    try:
        for box in boxes:
            for path in itertools.islice(sorted(box.glob("*.cose")), _MOST):
                statement = load_statement(path)
                if statement.header.type is StatementType.CLOSING_REPORT:
                    ballots = ClosingReport.from_content(statement.content, statement.name).ballots
                    machine = manifest.machines[statement.header.signer or 0]
                    total += ballots * len(manifest.styles[machine.station])
    except (Refused, Unreadable, OSError, IndexError):
        return None  # what is wrong is said when the box is taken in
    return total or None
