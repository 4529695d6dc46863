"""The votes in which the lies are told: each is held once, and copied for each lie."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from keys.election.challenge import Challenge
from keys.election.decision import DecisionKind
from keys.election.report import ClosingReport
from keys.election.rules import Form
from keys.election.statement import Mode, StatementType
from keys.findings import Refused
from tally.decisions.deciding import collect_signatures
from tally.results.paper_entry import Line, Typist, type_count, wanted
from tests.lies.lie import Lie, Point
from tests.simulator.forgery import Forgery
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.hands import Hands
from tests.simulator.holding import by_spendthrift
from tests.simulator.office import NOW, Office
from tests.simulator.vote import HeldVote, hold_both

__all__ = ["Worlds"]

M1, M1BIS, M2, M3 = range(4)
_RANKED = ((1, 2, 3), (2, 1, 3), (1, 0, 2), ())
_BASKETS = ((1, 1, 0), (0, 1, 1), (1, 0, 1), ())
"""For 50 at most: the third costs 55, and its machine let it pass."""
_BOARD = "Chloé"


@dataclass
class Worlds:
    """Made when first asked for."""

    root: Path

    @cached_property
    def vote(self) -> HeldVote:
        """A vote and its rehearsal, both published."""
        return hold_both(self.root / "vote")

    @cached_property
    def closed(self) -> Office:
        """All machines but the spare have closed, one of them twice; nothing is imported."""
        office = Office.sealed(self.root / "closed")
        office.hold("m2", range(1, 9), as_name="m2-found")
        for name in ("m1", "m2", "m3"):
            office.hold(name)
        return office

    @cached_property
    def requested(self) -> Office:
        """All boxes are in, the spare is left out, the opening is requested."""
        office = self.closed.copy(self.root / "requested")
        for name in ("m1", "m2", "m3"):
            office.bring(name)
        office.decide(DecisionKind.EXCLUSION, M1BIS)
        office.request()
        return office

    @cached_property
    def eventful(self) -> Office:
        """A board that signs; one station on paper, two boxes of a machine, a late box; published."""
        office = Office.sealed(self.root / "eventful", signers=1)
        office.hold("m2", range(1, 9), as_name="m2-found")
        for name in ("m2", "m3"):
            office.hold(name)
        for machine in (M1, M1BIS, M3):
            _decide(office, DecisionKind.EXCLUSION, machine)
        count = _type(office, 0)
        _decide(office, DecisionKind.PAPER, 0, digest=count)
        _decide(office, DecisionKind.FEW_BALLOTS, 1)
        office.bring("m2")
        stick = Hands(office, self.vote).stick("m2")
        closing = stick.record(StatementType.CLOSING_REPORT, ClosingReport)
        try:
            office.bring("m2-found")
        except Refused:
            _decide(office, DecisionKind.BOX, M2, digest=closing.set_digest)
        office.request()
        office.answer()
        _decide(office, DecisionKind.LATE_BOX, M3)
        office.bring("m3")
        office.request(again=True)
        office.answer()
        office.certify()
        office.certify(office.sign(_BOARD, *sorted((office.folder / "results").glob("*.cose"))))
        office.publish()
        return office

    @cached_property
    def whole(self) -> HeldVote:
        """Ballots that are shuffled and opened one by one; published."""
        names = ("Arbres", "Bancs", "Cour")
        contests = [
            contest_of("ordre", Form.RANKS, "irv", names, 1, 3),
            contest_of("panier", Form.APPROVALS, "approval", names, 1, 3, costs=(30, 20, 25), spend=50),
        ]
        votes = [{0: ranks, 1: basket} for ranks, basket in zip(_RANKED, _BASKETS, strict=True)]
        held = hold_forms(self.root / "whole", contests, votes, small_number=5, poll=by_spendthrift)
        held.publish()
        return HeldVote(
            held.root,
            held.workspace.folder,
            held.public,
            Mode.OFFICIAL,
            held.fingerprint,
            held.authority,
            held.trustees,
            {},
            Challenge(bytes(32), bytes(32), ()),
        )

    def hands(self, lie: Lie, scratch: Path) -> Hands:
        """A copy of the office in which a lie is told."""
        begun = self.requested if lie.told in {Point.DECRYPT, Point.COUNT} else self.closed
        return Hands(begun.copy(scratch / "office"), self.vote)

    def forgery(self, lie: Lie, scratch: Path) -> Forgery:
        """A copy of the public folder in which a lie is told."""
        return Forgery.of(self._held(lie), scratch / "public")

    def _held(self, lie: Lie) -> HeldVote:
        if lie.whole:
            return self.whole
        return Hands(self.eventful, self.vote).insider if lie.eventful else self.vote

    def poster(self, lie: Lie) -> bytes:
        """The fingerprint that whoever verifies has in hand."""
        return (
            Hands(self.eventful, self.vote).insider.fingerprint
            if lie.elsewhere
            else self._held(lie).fingerprint
        )

    def clean(self, scratch: Path) -> None:
        """Forget the copies of a lie."""
        shutil.rmtree(scratch, ignore_errors=True)


def _decide(office: Office, kind: DecisionKind, subject: int, digest: bytes | None = None) -> None:
    content = {} if digest is None else {"digest": digest}
    mark = office.decide(kind, subject, "decided", **content)
    path = office.folder / "decisions" / f"{mark.hex()[:16]}.cose"
    collect_signatures(office.workspace, [office.sign(_BOARD, path) / path.name])


def _type(office: Office, station: int) -> bytes:
    """Two people type the same figures of a station on paper."""
    lines = wanted(office.dossier.manifest.definition, station)
    figures: Mapping[Line, int] = {line: _FIGURES.get(line[1], 2) for line in lines}
    for name in ("Fanny", "Gilles"):
        typed = type_count(
            office.workspace, office.authority, station, figures, Typist(name, "no power"), NOW + 4500
        )
    assert typed is not None
    return typed


_FIGURES = {"(electors)": 14, "(signatures)": 6, "(ballots)": 6, "(blank)": 2, "(invalid)": 0}
