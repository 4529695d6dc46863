"""The works of the officer: each calls one use case, the same that its command calls."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from keys.election.decision import Decision
from keys.findings import Misuse, Unreadable
from keys.paper.groups import short_code
from tally.backup import back_up, count_files
from tally.boxes.sticks import copy_for_trustees
from tally.decisions.deciding import collect_signatures, decide
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.opening.shuffling import collect_shuffles
from tally.preparing.defining import collect_confirmations, seal_vote, write_poster
from tally.publication.certify import certify
from tally.publication.publish import publish
from tally.results.paper_entry import type_count
from tally.screens.desk import Desk
from tally.screens.paper_form import Typed
from tally.screens.work import Ended, Job, Reporter
from tally.workspace import Authority

__all__ = [
    "backing_up",
    "certifying",
    "collecting",
    "confirming",
    "copying",
    "deciding",
    "nothing_new",
    "opening",
    "publishing",
    "reading",
    "requesting",
    "sealing",
    "shuffling",
    "taking_answers",
    "typing",
]


def reading(desk: Desk) -> Job:
    """Read where the vote stands."""
    return Job(desk.language.say("Reading the folder"), lambda _: "")


def sealing(desk: Desk, authority: Authority, place: Path) -> Job:
    """Seal the vote and its rehearsal with what was handed in, and write the poster."""
    say, folder = desk.language.say, desk.workspace.folder

    def run(_: Reporter) -> str:
        sealed = seal_vote(folder, [place], authority, desk.clock(), secrets.token_bytes)
        poster = write_poster(folder, sealed)
        return say(
            "Sealed. Print and post {poster}. Bring {packages} to the machines and {papers} to the trustees: they "
            "compare it with the poster, and confirm.",
            poster=poster,
            packages=folder / "packages",
            papers=desk.workspace.root,
        )

    return Job(say("Sealing the vote"), run)


def confirming(desk: Desk, place: Path) -> Job:
    """Take in confirmations of the sealed vote."""
    say = desk.language.say

    def run(_: Reporter) -> str | Ended:
        taken, missing = collect_confirmations(desk.workspace.folder, [place])
        if not taken:
            return nothing_new(desk, place)
        names = [name.partition(" ")[2] for name in missing]  # without "machine" or "trustee"
        words = desk.language.say_many(
            "{count} confirmation taken in.", "{count} confirmations taken in.", taken
        )
        return words + (
            " " + say("Still missing: {names}.", names=desk.language.join(names)) if missing else ""
        )

    return Job(say("Taking in confirmations"), run)


def requesting(desk: Desk, authority: Authority, out: Path, *, again: bool) -> Job:
    """Sign the request to the trustees, the first or another with a late box, and copy what they need."""
    say, workspace = desk.language.say, desk.workspace

    def run(reporter: Reporter) -> str | Ended:
        request = request_opening(workspace, authority, desk.clock(), reporter.tell, again=again)
        text = say(
            "The request is signed. Contests: {contests}; ballots: {ballots}.",
            contests=len(request.contests),
            ballots=sum(item.ballots for item in request.contests),
        )
        try:
            copy_for_trustees(workspace.root, out)
        except (Misuse, Unreadable, OSError) as error:
            kept = say(
                "The request is signed and stands; only the copy for the trustees is missing. Make it on another "
                "stick: “{row}”.",
                row=say("Copy the folder for a trustee"),
            )
            return Ended(text, (error,), kept=kept)
        return f"{text}\n{_copied(desk, out)}"

    total = sum(desk.sealed.board.files.ballots.values())
    return Job(say("Writing the archives"), run, total)


def copying(desk: Desk, out: Path) -> Job:
    """Copy what trustees need, as it is now."""
    say, root = desk.language.say, desk.workspace.root

    def run(_: Reporter) -> str:
        copy_for_trustees(root, out)
        return _copied(desk, out)

    return Job(say("Copy the folder for a trustee"), run)


def _copied(desk: Desk, out: Path) -> str:
    say = desk.language.say
    return (
        say("The copy for the trustees is in {place}.", place=out) + " " + say("The stick may be taken out.")
    )


def taking_answers(desk: Desk, place: Path) -> Job:
    """Take in what trustees answered."""
    say = desk.language.say

    def run(_: Reporter) -> str | Ended:
        before = len(desk.sealed.board.files.answered)
        answered = collect_decryptions(desk.workspace, [place])
        if answered == before:
            return nothing_new(desk, place)
        needed = desk.sealed.needed
        return say("Trustees who have answered: {there}; needed: {needed}.", there=answered, needed=needed)

    return Job(say("Taking in answers of trustees"), run)


def shuffling(desk: Desk, place: Path | None) -> Job:
    """Take in a trustee's shuffle, or end the shuffles where there is no place."""
    say = desk.language.say

    def run(_: Reporter) -> str | Ended:
        before = desk.sealed.shuffling
        state = collect_shuffles(desk.workspace, [] if place is None else [place], end=place is None)
        if place is not None and before is not None and state.done == before.done:
            return nothing_new(desk, place)
        names = [trustee.name for trustee in desk.sealed.dossier.manifest.trustees]
        text = say("Shuffled by: {names}.", names=", ".join(names[at] for at in state.done) or "-")
        if state.ended:
            return text + "\n" + say("The shuffles have ended. These trustees answer now, in any order.")
        then = say("Next is {name}: hand on the folder as it is now.", name=names[state.left[0]])
        return f"{text}\n{then}"

    return Job(say("Checking the proof of a shuffle"), run)


def typing(desk: Desk, authority: Authority, station: int, typed: Typed) -> Job:
    """Keep a count on paper: the first person's figures, or with the second's the count itself."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
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
        totals = open_totals(desk.workspace, lambda contest: reporter.tell(contest, 0))
        return desk.language.say_many(
            "The totals of {count} contest are opened and counted.",
            "The totals of {count} contests are opened and counted.",
            len(totals),
        )

    return Job(say("Opening the totals: every proof is checked"), run)


def deciding(desk: Desk, authority: Authority, decision: Decision) -> Job:
    """Sign a decision."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
        fingerprint = decide(workspace, authority, decision)
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

    def run(_: Reporter) -> str | Ended:
        taken, left = collect_signatures(desk.workspace, [place])
        if not taken:
            return nothing_new(desk, place)
        return say(
            "Signatures taken in: {count}; decisions still waiting: {left}.", count=taken, left=len(left)
        )

    return Job(say("Taking in signatures of the board"), run)


def certifying(desk: Desk, authority: Authority, place: Path | None) -> Job:
    """Sign the results and write the minutes; or take in what the board signed."""
    say, workspace = desk.language.say, desk.workspace

    def run(_: Reporter) -> str:
        sources = [] if place is None else [place]
        done = certify(workspace, authority, desk.clock(), sources)
        if done.minutes is None:
            return desk.language.say_many(
                "The results are signed. They wait for {count} signature of the board.",
                "The results are signed. They wait for {count} signatures of the board.",
                done.missing,
            )
        return say("The minutes are written: {place}. Print them, and have them signed.", place=done.minutes)

    return Job(say("Certifying"), run)


def publishing(desk: Desk, authority: Authority, out: Path) -> Job:
    """Write the public folder."""
    say, workspace = desk.language.say, desk.workspace

    def run(reporter: Reporter) -> str:
        files = publish(workspace, out, authority, desk.clock(), lambda contest: reporter.tell(contest, 0))
        digest = hashlib.sha256((out / "index.html").read_bytes()).hexdigest()
        told = say("{count} files written to {place}. Anyone may verify them.", count=files, place=out)
        copied = say("Copy this by hand onto the notice at the door. It is the SHA-256 of index.html:")
        groups = [" ".join(digest[at : at + 32][by : by + 4] for by in range(0, 32, 4)) for at in (0, 32)]
        return "\n".join([told, copied, *(f"    {group}" for group in groups)])

    return Job(say("Publishing"), run)


def backing_up(desk: Desk, place: Path) -> Job:
    """Copy the folder to another disk, and compare."""
    say, folder = desk.language.say, desk.workspace.folder

    def run(reporter: Reporter) -> str:
        reporter.expect(2 * count_files(folder))
        done = back_up(folder, place, desk.clock(), reporter.tell)
        copied = say(
            "Copied, read back and compared: {count} files in {place}. Keep it in the safe: it holds the registers.",
            count=done.files,
            place=done.path,
        )
        return f"{copied}\n{say('To go on from it: unpack it anywhere; that folder is the office again.')}"

    return Job(say("Backing up"), run)


def nothing_new(desk: Desk, place: Path) -> Ended:
    """Tell that a stick holds nothing that is not in already."""
    say = desk.language.say
    return Ended(
        say("Nothing new was found in {place}. Check that it is the right stick.", place=place), whole=False
    )
