"""The town hall's part: draft and seal, merge and open, certify and publish."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from typing import Any

from demonstration.commands import Commands, say
from demonstration.neighbourhoods import Place
from demonstration.trustees import confirm_and_try, make_keys, open_together
from keys.election.draft import open_draft
from keys.election.report import ClosingReport
from keys.election.statement import read_statement
from keys.paper.groups import fingerprint_text

__all__ = ["certify_and_publish", "draft_and_seal", "machine_options", "merge_and_open"]


def draft_and_seal(commands: Commands, places: Sequence[Place], guests: int = 0) -> str:
    """From the files to the sealed manifest; the fingerprint on the poster."""
    office, stick = commands.office, commands.stick
    say("Town hall: define the vote")
    words = commands.passphrase("authority")
    files = [place.path for place in places]
    draft = commands.run("tally", "new", "--pabulib", *files, "--guests", guests, "--dir", office, *words)[
        "fingerprint"
    ]
    make_keys(commands, draft)
    say("Machines: make their own keys")
    for place in places:
        commands.run(
            "station", "enrol", office / "draft.cose", "--machine", place.number,
            "--dir", commands.out / "machines" / place.number, "--out", stick / "handed-in",
            "--cards", commands.secrets / "cards", "--paper", draft,
        )  # fmt: skip
    say("Town hall: seal the vote and its rehearsal")
    sealed = commands.run("tally", "seal", stick / "handed-in", "--dir", office, *words)
    fingerprint = str(sealed["fingerprint"])
    print(f"   On the poster: {fingerprint}")
    say("Trustees and machines: check the sealed vote against the poster, and confirm")
    confirm_and_try(commands, fingerprint)
    for place in places:
        commands.run(
            "station", "load", office / "packages" / place.number, *machine_options(commands, place),
            "--paper", fingerprint, "--out", stick / "confirmed",
        )  # fmt: skip
    commands.run("tally", "seal", "--confirm", stick / "confirmed", "--dir", office)
    return fingerprint


def merge_and_open(commands: Commands, places: Sequence[Place]) -> None:
    """Take in the boxes with the digests of the paper reports; have two trustees open the totals; count."""
    office, stick = commands.office, commands.stick
    say("Town hall: take in the boxes, comparing with the paper closing reports")
    for place in places:
        box = stick / f"box-official-{place.number}"
        closing = next(box.glob("*closing-report.cose")).read_bytes()
        report = ClosingReport.from_content(read_statement(closing).content, "closing report")
        commands.run("tally", "import", box, "--dir", office, "--paper", fingerprint_text(report.set_digest))
    say("Town hall: ask the trustees to open the totals, and nothing else")
    commands.run(
        "tally", "request", "--dir", office, "--out", stick / "to-trustee", *commands.passphrase("authority")
    )
    say("Two of the three trustees: check every ballot, every box, every report; then open the totals")
    open_together(commands)
    say("Town hall: count")
    counted = commands.run("tally", "count", stick / "decrypted", "--dir", office)["contests"]
    for contest, outcome in counted.items():
        print(f"   {contest}: {outcome['verdict']}")
        for tie in outcome["ties"]:
            _draw_lot(commands, contest, tie)


def certify_and_publish(commands: Commands, fingerprint: str) -> None:
    """Sign the results, write the minutes and the public folder, verify it as anyone can."""
    office, public = commands.office, commands.out / "public"
    say("Town hall: compare the three figures, certify, write the minutes, publish")
    words = commands.passphrase("authority")
    minutes = commands.run("tally", "certify", "--dir", office, *words)["minutes"]
    shutil.copyfile(minutes, commands.out / "minutes.pdf")
    commands.run("tally", "publish", "--dir", office, "--out", public, *words)
    say("Anyone: verify the public folder, with no secret")
    report = commands.run("tally", "verify", public, "--fingerprint", fingerprint)
    for step in report["steps"]:
        print(f"   {step['number']:>3}  {step['status']:<12} {step['name']}")


def _draw_lot(commands: Commands, contest: str, tie: dict[str, Any]) -> None:
    names = list(tie["options"])
    say(f"A TIE in {contest}, step {tie['step']}: {' / '.join(names)}")
    print(f"   {tie['why']}")
    secrets.SystemRandom().shuffle(names)
    print(f"   A lot is drawn in public: first {names[0]}")
    ids = _ids(commands, contest)
    commands.run(
        "tally", "decide", "tie", contest, "--dir", commands.office, "--step", tie["step"],
        "--order", ",".join(ids[name] for name in names),
        "--reason", "Lot drawn in public at the town hall, in the presence of the board (demonstration)",
        *commands.passphrase("authority"),
    )  # fmt: skip
    again = commands.run("tally", "count", "--dir", commands.office)["contests"][contest]
    print(f"   {again['verdict']}")
    for other in again["ties"]:
        _draw_lot(commands, contest, other)


def _ids(commands: Commands, contest: str) -> dict[str, str]:
    draft = open_draft(read_statement((commands.office / "draft.cose").read_bytes()))
    (item,) = (found for found in draft.definition.contests if found.id == contest)
    return {option.name[draft.definition.language]: option.id for option in item.options}


def machine_options(commands: Commands, place: Place) -> list[object]:
    """Options that name a machine and two of its officers' cards."""
    cards = [commands.secrets / "cards" / f"{place.number}-official-card-{number}.txt" for number in (1, 3)]
    options: list[object] = ["--dir", commands.out / "machines" / place.number]
    for card in cards:
        options += ["--card", card]
    return options
