"""What minutes are written from, of any definition at all, made without machines and trustees."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence

from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.dossier import Dossier, MachineDay, SignedDecision, read_dossier
from keys.election.manifest import BoardEntry, MachineEntry, TrusteeEntry
from keys.election.paper_count import PaperContest, PaperCount
from keys.election.report import ClosingReport, Incident, ZeroReport
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from tally.boxes.database import BoxRow
from tally.count.counting import count
from tally.count.data import GradeProfile, RankProfile, Totals, grade_sheets
from tally.minutes import Proceedings
from tally.results.counted import Counted, count_contest, result_of, rule_of
from tally.results.plausibility import Doubt, Poll, doubt_turnout
from tests.simulator.papers import Papers, sign

__all__ = ["NOW", "Town", "contest", "graded", "ranked", "town"]

NOW = 1_664_820_000
_BARE = read_dossier(Papers().files, Mode.OFFICIAL)


def contest(name: str, titles: Mapping[str, str], options: Sequence[Option], **more: object) -> Contest:
    """A contest of all stations by approval, unless told otherwise."""
    made = Contest(name, dict(titles), "approval", 1, 2, tuple(options), (0,), Terms(seats=1), "marks")
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


@dataclasses.dataclass(slots=True)
class Town:
    """A vote of stations with one machine each, and of what was opened in it."""

    definition: Definition
    opened: list[Sequence[int] | RankProfile | GradeProfile]
    """By contest: sums, blank first, or ballots."""
    ballots: int = 40
    """At each station."""
    on_paper: tuple[int, ...] = ()
    """Stations that voted on paper."""
    notes: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    carried: int = 0
    """At the first station."""
    slips: bool = False
    proxies: int = 0
    """Votes by a proxy noted at the desk, at each station."""
    extra: list[SignedDecision] = dataclasses.field(default_factory=list)

    @property
    def dossier(self) -> Dossier:
        """The papers as a certified vote has them."""
        defined = self.definition
        digest = bytes(32)
        machines = tuple(
            MachineEntry(at, name, digest, digest)
            for at, station in enumerate(defined.stations)
            for name in station.machines
        )
        manifest = dataclasses.replace(
            _BARE.manifest,
            definition=defined,
            machines=machines,
            trustees=tuple(TrusteeEntry(name, digest, digest) for name in defined.trustees),
            board=tuple(BoardEntry(name, digest) for name in defined.board),
            styles=tuple(defined.style(at) for at in range(len(defined.stations))),
            uuids=_BARE.manifest.uuids[:1] * len(defined.contests),
        )
        bare = dataclasses.replace(_BARE, manifest=manifest, others={}, decisions=())
        papers = {f"paper/{defined.stations[at].id}.cose": self._paper(at, bare) for at in self.on_paper}
        decisions = [item for at in self.on_paper for item in self._left(at, bare, papers)]
        days = tuple(self._day(at, machine) for at, machine in enumerate(machines))
        return dataclasses.replace(bare, days=days, others=papers, decisions=(*decisions, *self.extra))

    def _day(self, at: int, machine: MachineEntry) -> MachineDay:
        if machine.station in self.on_paper:
            return MachineDay()
        electors = self.definition.stations[machine.station].electors
        officers = ("Jeanne Ducos-Labarthe", "Émile Roquefère")
        zero = ZeroReport(
            NOW - 36_000,
            electors,
            0,
            0,
            2 * electors,
            machine.public_key,
            "Isoloir",
            self.notes,
            officers=officers,
        )
        incidents = tuple(Incident(NOW - 9000 + at, text) for text in self.incidents) if at == 0 else ()
        closing = ClosingReport(
            NOW, electors, self.ballots, self.ballots, self.ballots, bytes(32), bytes(32), bytes(32), bytes(32),
            1, 2, 3, self.ballots if self.slips else None, incidents, (), officers, self.carried if at == 0 else 0,
            desk_proxies=self.proxies or None,
        )  # fmt: skip
        stopped = at == 0 and self.carried > 0
        return MachineDay(zero, bytes(32), closing, bytes(32), stopped, zero.notes)

    def _paper(self, station: int, dossier: Dossier) -> Statement:
        contests = []
        for at in self.definition.style(station):
            item = self.definition.contests[at]
            votes = tuple(max(4 - option, 0) for option in range(len(item.options)))
            adds = item.form == "marks"
            contests.append(PaperContest(at, 20, 3, 1, votes if adds else ()))
        counted = PaperCount(
            station, 60, 20, tuple(contests), ("Anne Lafon", "Bilal Cherif"), "The power failed", NOW
        )
        raw = sign(
            "authority",
            StatementType.PAPER_COUNT,
            Mode.OFFICIAL,
            dossier.fingerprint,
            Role.AUTHORITY,
            counted,
        )
        return read_statement(raw)

    def _left(self, station: int, dossier: Dossier, papers: Mapping[str, Statement]) -> list[SignedDecision]:
        statement = papers[f"paper/{self.definition.stations[station].id}.cose"]
        board = frozenset(range(self.definition.signers))
        out = [
            SignedDecision(
                Decision(DecisionKind.EXCLUSION, at, "It never started", NOW), bytes([at]) * 32, True, board
            )
            for at, machine in enumerate(dossier.manifest.machines)
            if machine.station == station
        ]
        named = Decision(
            DecisionKind.PAPER, station, "Counted twice, by two people", NOW, digest=statement.fingerprint
        )
        return [*out, SignedDecision(named, hashlib.sha256(statement.raw).digest(), True, board)]

    @property
    def proceedings(self) -> Proceedings:
        """All of it."""
        dossier = self.dossier
        rows = [
            BoxRow(at, machine.name, self.definition.stations[machine.station].id, self.ballots, self.ballots,
                   self.ballots, self.definition.stations[machine.station].electors, *(4 * (bytes(32),))[:3], NOW)
            for at, machine in enumerate(dossier.manifest.machines)
            if machine.station not in self.on_paper
        ]  # fmt: skip
        counted = [self._counted(dossier, at) for at in range(len(self.definition.contests))]
        statements = [
            read_statement(
                sign(
                    "authority",
                    StatementType.RESULT,
                    Mode.OFFICIAL,
                    dossier.fingerprint,
                    Role.AUTHORITY,
                    result_of(item, hashlib.sha256(bytes([at])).digest()),
                )
            )
            for at, item in enumerate(counted)
        ]
        signers = [frozenset(range(self.definition.signers)) for _ in counted]
        return Proceedings(dossier, rows, counted, statements, signers, self._doubts(rows), NOW + 7200)

    def _counted(self, dossier: Dossier, at: int) -> Counted:
        opened, item = self.opened[at], self.definition.contests[at]
        if not isinstance(opened, RankProfile | GradeProfile):
            stations = set(item.stations) - set(self.on_paper)
            boxes = sum(machine.station in stations for machine in dossier.manifest.machines)
            return count_contest(dossier, at, opened, self.ballots * boxes)
        outcome = count(*rule_of(item), opened)
        votes = tuple(int(number) for number in outcome.totals)
        totals = Totals(opened.options, votes, ballots=opened.ballots, blank=opened.blank)
        return Counted(at, totals, outcome, ())

    def _doubts(self, rows: Sequence[BoxRow]) -> list[Doubt]:
        return doubt_turnout([Poll(row.station, row.electors, row.marks) for row in rows])


def ranked(names: Sequence[str], groups: Sequence[tuple[Sequence[int], int]]) -> RankProfile:
    """Rankings, each with its number."""
    return RankProfile(
        tuple(names),
        tuple((tuple((option,) for option in order), number) for order, number in groups),
    )


def graded() -> Town:
    """A majority judgement over 5 ballots, its grades in two languages: Bo is good to most of them, Ana poor."""
    names = (("mauvais", "poor"), ("moyen", "fair"), ("bon", "good"))
    grades = Terms(seats=1, grades=tuple(french for french, _ in names))
    options = [Option("1", {"fr": "Ana"}), Option("2", {"fr": "Bo"})]
    made = contest("c", {"fr": "C"}, options, rule="majority-judgement", form="whole-grades", terms=grades)
    made = dataclasses.replace(
        made, grade_names=tuple({"fr": french, "en": english} for french, english in names)
    )
    sheets = grade_sheets([(1, 3), (1, 3), (0, 3), (3, 2), (2, 1)], ("Ana", "Bo"))
    return town([made], [sheets])


def town(
    contests: Sequence[Contest], opened: Sequence[Sequence[int] | RankProfile | GradeProfile], **more: object
) -> Town:
    """A vote of one station unless told otherwise.

    Args:
        contests: All of them.
        opened: See `Town.opened`.
        more: Fields of the definition that differ.
    """
    defined = Definition(
        title={"fr": "Votes de quartier", "en": "Neighbourhood votes"},
        town="Agen",
        opens="2022-10-03T08:00",
        closes="2022-10-03T18:00",
        timezone="Europe/Paris",
        languages=("fr", "en"),
        contests=tuple(contests),
        stations=(Station("b1", "Bureau 1, mairie", "", 90, ("b1-a",)),),
        trustees=("Anne Lafon", "Bilal Cherif", "Chloé Duprat"),
        threshold=2,
    )
    return Town(dataclasses.replace(defined, **more), list(opened))  # type: ignore[arg-type]
