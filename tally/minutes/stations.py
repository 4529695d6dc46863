"""Stations in the minutes: who voted, the three figures, hours, what the machines noted at opening, incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keys.desk.together import Together
from keys.election.dossier import Dossier
from keys.election.figures import electors_of
from keys.election.report import ClosingReport
from keys.paper.document import Bar, Block, Chart, Heading, Table, Text
from tally.boxes.database import BoxRow
from tally.minutes.proceedings import Proceedings
from tally.results.paper_votes import paper_counts

__all__ = ["figures", "hours", "incidents", "openings", "participation", "percent", "station_name"]


def station_name(dossier: Dossier, station: int) -> str:
    """Number and name of a station, once where the name begins with the number."""
    item = dossier.manifest.definition.stations[station]
    return item.name if item.name.startswith(item.id) else f"{item.id}  {item.name}"


def percent(part: int, whole: int, language: Together) -> str:
    """A share with one digit, or a dash."""
    if not whole:
        return "-"
    return language.percent(Fraction(part, whole))


@dataclass(frozen=True, slots=True)
class _Poll:
    """Who voted at a station."""

    name: str
    electors: int
    voters: int
    paper: bool = False


def participation(count: Proceedings, language: Together) -> list[Block]:
    """Electors and voters by station, in figures and as bars to the whole roll."""
    say, number = language.say, language.number
    polls = _polls(count)
    head = language.stacked()
    lines = [
        (
            f"{poll.name} *" if poll.paper else poll.name,
            number(poll.electors),
            number(poll.voters),
            percent(poll.voters, poll.electors, language),
        )
        for poll in polls
    ]
    electors, voters = (sum(getattr(poll, name) for poll in polls) for name in ("electors", "voters"))
    lines.append((say("Total"), number(electors), number(voters), percent(voters, electors, language)))
    header = (head.say("Station"), head.say("Electors"), head.say("Voters"), head.say("Turnout"))
    blocks: list[Block] = [
        Heading(say("Turnout")),
        Table(header, tuple(lines), "lrrr", total=True),
        Chart(
            tuple(
                Bar(
                    poll.name,
                    poll.voters * 1000 // max(poll.electors, 1),
                    percent(poll.voters, poll.electors, language),
                )
                for poll in polls
            ),
            full=1000,
        ),
    ]
    added = sum(_added(count, row) for row in count.rows)
    if added:
        blocks.append(Text(say("Electors added on the spot: {count}", count=number(added)), small=True))
    if count.dossier.manifest.definition.proxies_at_desk:
        noted = sum(_noted(count, row) for row in count.rows)
        blocks.append(
            Text(say("Votes by a proxy noted at the desk: {count}", count=number(noted)), small=True)
        )
    if any(poll.paper for poll in polls):
        blocks.append(Text(say("* On paper: the signatures on the list; nobody can prove them."), small=True))
    return blocks


def _added(count: Proceedings, row: BoxRow) -> int:
    """Electors whom a machine added to its roll."""
    closing = count.dossier.days[row.machine].closing
    return 0 if closing is None else closing.additions


def _noted(count: Proceedings, row: BoxRow) -> int:
    """Votes by a proxy that a machine's officers had noted."""
    closing = count.dossier.days[row.machine].closing
    return 0 if closing is None else closing.desk_proxies or 0


def _rolls(count: Proceedings, rows: Sequence[BoxRow]) -> list[tuple[str, int, int]]:
    """Station, electors and additions of each machine."""
    return [(row.station, row.electors, _added(count, row)) for row in rows]


def _polls(count: Proceedings) -> list[_Poll]:
    machines = count.dossier.manifest.machines
    on_paper = paper_counts(count.dossier)
    found = []
    for station in range(len(count.dossier.manifest.definition.stations)):
        name = station_name(count.dossier, station)
        rows = [row for row in count.rows if machines[row.machine].station == station]
        if station in on_paper:
            paper = on_paper[station][0]
            found.append(_Poll(name, paper.electors, paper.signatures, paper=True))
        elif rows:
            electors = electors_of(_rolls(count, rows))
            found.append(_Poll(name, electors, sum(row.marks for row in rows)))
        else:
            found.append(_Poll(name, count.dossier.manifest.definition.stations[station].electors, 0))
    return found


@dataclass(frozen=True, slots=True)
class _Figures:
    """A row of the table."""

    station: str
    machine: str
    electors: int
    marks: int
    carried: int
    ballots: int
    signatures: int
    slips: int | None


def figures(count: Proceedings, language: Together) -> list[Block]:
    """The three figures of each machine; of a station too, where it has several."""
    say, head = language.say, language.stacked()
    rows = list(_figures(count, language))
    carried, slips = any(row.carried for row in rows), any(row.slips is not None for row in rows)
    header = [head.say("Station"), head.say("Machine"), head.say("Electors"), head.say("Marks")]
    header += [head.say("Carried over")] if carried else []
    header += [head.say("Ballots"), head.say("Signatures")]
    header += [head.say("Slips")] if slips else []
    lines = tuple(_line(row, language, carried=carried, slips=slips) for row in rows)
    blocks: list[Block] = [
        Heading(say("The three figures, by machine")),
        Text(say("Electors marked, ballots in the box, signatures on the paper list.")),
        Table(tuple(header), lines, "ll".ljust(len(header), "r"), total=True),
    ]
    if carried:
        words = say(
            "Carried over: electors who had voted on a machine that stopped, marked on the one that took over. "
            "They are not counted among its marks."
        )
        blocks.append(Text(words, small=True))
    return blocks


def _figures(count: Proceedings, language: Together) -> Iterator[_Figures]:
    machines, rows = count.dossier.manifest.machines, count.rows
    made: list[tuple[int, _Figures]] = []
    for row in rows:
        closing, station = count.dossier.days[row.machine].closing, machines[row.machine].station
        carried, slips = (0, None) if closing is None else (closing.carried, closing.slips)
        name = station_name(count.dossier, station)
        electors = row.electors + _added(count, row)
        numbers = (electors, row.marks, carried, row.ballots, row.signatures, slips)
        made.append((station, _Figures(name, row.name, *numbers)))
    for station in sorted({at for at, _ in made}):
        own = [item for at, item in made if at == station]
        yield from own
        if len(own) > 1:
            together = [row for row in rows if machines[row.machine].station == station]
            electors = electors_of(_rolls(count, together))
            yield _sum(own, own[0].station, language.say("all machines"), electors)
    electors = electors_of(_rolls(count, rows))
    yield _sum([item for _, item in made], language.say("Total"), "", electors)


def _sum(rows: Sequence[_Figures], station: str, machine: str, electors: int) -> _Figures:
    slips = [row.slips for row in rows if row.slips is not None]
    return _Figures(
        station=station,
        machine=machine,
        electors=electors,
        marks=sum(row.marks for row in rows),
        carried=sum(row.carried for row in rows),
        ballots=sum(row.ballots for row in rows),
        signatures=sum(row.signatures for row in rows),
        slips=sum(slips) if slips else None,
    )


def _line(row: _Figures, language: Together, *, carried: bool, slips: bool) -> tuple[str, ...]:
    number = language.number
    cells = [row.station, row.machine, number(row.electors), number(row.marks)]
    cells += [number(row.carried)] if carried else []
    cells += [number(row.ballots), number(row.signatures)]
    cells += ["-" if row.slips is None else number(row.slips)] if slips else []
    return tuple(cells)


def hours(dossier: Dossier, language: Together) -> list[Block]:
    """When each machine opened and closed, who was there, and what voters did beside voting."""
    say, head, number = language.say, language.stacked(), language.number
    zone = dossier.manifest.definition.timezone
    lines = [
        (
            f"{name} *" if stopped else name,
            language.clock(opened, zone),
            language.clock(closing.closed, zone),
            ", ".join(filter(None, closing.officers)) or "-",
            number(closing.challenges),
            number(closing.cancelled),
            number(closing.unsigned),
        )
        for name, opened, closing, stopped in _closed(dossier)
    ]
    header = (
        head.say("Machine"),
        head.say("Opened"),
        head.say("Closed"),
        head.say("Officers"),
        head.say("Checks of the machine"),
        head.say("Visits without a vote"),
        head.say("Left without signing"),
    )
    blocks: list[Block] = [Heading(say("Hours")), Table(header, tuple(lines), "llllrrr")]
    if any(stopped for _, _, _, stopped in _closed(dossier)):
        words = say("* This machine stopped; its box was closed from its stick on another one.")
        blocks.append(Text(words, small=True))
    return blocks


def _closed(dossier: Dossier) -> Iterator[tuple[str, int, ClosingReport, bool]]:
    excluded = dossier.excluded()
    for at, day in enumerate(dossier.days):
        if day.zero is not None and day.closing is not None and at not in excluded:
            yield dossier.manifest.machines[at].name, day.zero.opened, day.closing, day.stopped


def openings(dossier: Dossier, language: Together) -> list[Block]:
    """What each machine noted as it opened and reopened: lines of its readiness check that were passed."""
    notes = [
        (dossier.manifest.machines[at].name, note)
        for at, day in enumerate(dossier.days)
        if day.zero is not None and at not in dossier.excluded()
        for note in day.passed
    ]
    if not notes:
        return []
    say, head = language.say, language.stacked()
    header = (head.say("Machine"), head.say("What was noted"))
    return [Heading(say("At the opening")), Table(header, tuple(notes))]


def incidents(dossier: Dossier, language: Together) -> list[Block]:
    """What the officers of the stations wrote down; that nothing was, where so."""
    zone = dossier.manifest.definition.timezone
    lines = [
        (dossier.manifest.machines[at].name, language.moment(item.at, zone), item.text)
        for at, day in enumerate(dossier.days)
        if day.closing is not None
        for item in day.closing.incidents
    ]
    say, head = language.say, language.stacked()
    if not lines:
        return [Heading(say("Incidents")), Text(say("The officers of the stations noted none."))]
    header = (head.say("Machine"), head.say("Time"), head.say("What happened"))
    return [Heading(say("Incidents")), Table(header, tuple(lines))]
