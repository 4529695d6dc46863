"""Agreement: what each archive says is what the papers of the vote say.

`verification` shows that an archive holds together by itself; here its election, trustees and credentials are
compared with the manifest, and its ballots, machine by machine, with the closing reports.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from keys.crypto.transcript import sha256
from keys.election.box import set_digest
from keys.election.decision import DecisionKind
from keys.election.documents import credentials_to_json
from keys.election.dossier import Dossier
from keys.election.report import ClosingReport
from keys.election.statement import Mode
from keys.election.verification import Cast, Polled, Verified
from keys.findings import Fact, Refused

__all__ = ["check_archive", "check_boxes", "check_enough", "check_present"]


def check_archive(dossier: Dossier, contest: int, archive: Polled | Verified) -> None:
    """Check that an archive is the one of a contest of this vote.

    Raises:
        Refused: V-155, it is one of the rehearsal or the other way round; V-340.
    """
    manifest = dossier.manifest
    subject = f"contest {manifest.definition.contests[contest].id}"
    twin = Mode.REHEARSAL if dossier.mode is Mode.OFFICIAL else Mode.OFFICIAL
    if archive.contest.params.uuid in dossier.draft.uuids(twin):
        raise Refused("V-155", subject)
    facts = {
        "its question": archive.contest.params == manifest.params(contest),
        "its trustees": archive.contest.trustees.to_json() == manifest.trustees_json,
        "its credentials": sha256(credentials_to_json(archive.contest.credentials))
        == manifest.credentials[contest],
        "its time": archive.timestamp == manifest.sealed,
    }
    for fact, holds in facts.items():
        if not holds:
            raise Refused("V-340", subject, f"{fact} is not as in the manifest")


def check_present(dossier: Dossier) -> None:
    """Check that every machine has closed or is left out by a decision.

    Raises:
        Refused: V-403.
    """
    excluded = dossier.excluded()
    for at, day in enumerate(dossier.days):
        if day.closing is None and at not in excluded:
            raise Refused("V-403", f"machine {dossier.manifest.machines[at].name}")


def check_boxes(dossier: Dossier, cast: Mapping[int, Sequence[Cast]]) -> None:
    """Check that the archives hold, machine by machine, exactly the ballots of the closing reports.

    Args:
        dossier: The papers.
        cast: All verified ballots by contest; every contest of the vote.

    Raises:
        Refused: V-404, ballots were added, left out or exchanged; V-405, a machine that is excluded has some.
    """
    owners = [_owners(dossier, contest) for contest in range(len(dossier.manifest.definition.contests))]
    boxes: list[dict[int, list[bytes]]] = [
        {contest: [] for contest in dossier.manifest.styles[machine.station]}
        for machine in dossier.manifest.machines
    ]
    for contest, ballots in cast.items():
        for ballot in ballots:
            boxes[owners[contest][ballot.credential.raw]][contest].append(ballot.tracker)
    excluded = dossier.excluded()
    for at, (day, box) in enumerate(zip(dossier.days, boxes, strict=True)):
        name = f"machine {dossier.manifest.machines[at].name}"
        if at in excluded or day.closing is None:
            if any(box.values()):
                raise Refused("V-405", name)
        else:
            _check_box(name, day.closing, box)


def check_enough(dossier: Dossier, ballots: Mapping[int, int]) -> None:
    """Check that no contest is opened with fewer ballots than the small number, unless that was decided.

    Args:
        dossier: The papers.
        ballots: Number of ballots by contest.

    Raises:
        Refused: V-406.
    """
    allowed = {
        signed.decision.subject
        for signed in dossier.effective_decisions()
        if signed.decision.kind is DecisionKind.FEW_BALLOTS
    }
    definition = dossier.manifest.definition
    for contest, count in ballots.items():
        if count < definition.small_number and contest not in allowed:
            subject = f"contest {definition.contests[contest].id}"
            raise Refused(
                "V-406",
                subject,
                Fact("ballots: {ballots}; needed: {needed}", ballots=count, needed=definition.small_number),
            )


def _owners(dossier: Dossier, contest: int) -> dict[bytes, int]:
    """Machine by credential; the manifest's check has shown that no two share one."""
    machines: Collection[int] = dossier.machines_of(contest)
    return {point: at for at in machines for point in dossier.credentials_of(at, contest)}


def _check_box(name: str, closing: ClosingReport, box: Mapping[int, Sequence[bytes]]) -> None:
    for trackers in box.values():
        if len(trackers) != closing.ballots:
            raise Refused("V-404", name, f"ballots {len(trackers)}, reported {closing.ballots}")
    if set_digest(box) != closing.set_digest:
        raise Refused("V-404", name, "the digest of its ballots differs")
