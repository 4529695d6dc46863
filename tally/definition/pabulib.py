"""A vote made from Pabulib's .pb files: each gives a contest, a station and a roll of numbered electors.

Owns how a file that was counted becomes a vote that can be held again, as a demonstration. Nothing of how
people voted shows in the definition or the rolls: projects stand in the order of their ids, electors in
that of theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.roll import Elector
from keys.election.rules import Form, Rule
from keys.findings import Misuse, Refused
from tally.count.files.pb import PbFile, PbVoter, Project
from tally.definition.file import read_definition, write_definition
from tally.definition.options import SHORT
from tally.definition.vote import LANGUAGES

__all__ = ["PabulibVote", "from_pabulib"]

_NUMBERED = re.compile(r"(\d{1,3}) *[-–.] *(.+)")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR = re.compile(r"\d{4}")
_COUNTRIES = {
    "Czech Republic": ("cs", "Europe/Prague"),
    "Czechia": ("cs", "Europe/Prague"),
    "Estonia": ("et", "Europe/Tallinn"),
    "France": ("fr", "Europe/Paris"),
    "Germany": ("de", "Europe/Berlin"),
    "Italy": ("it", "Europe/Rome"),
    "Poland": ("en", "Europe/Warsaw"),
    "Portugal": ("pt", "Europe/Lisbon"),
    "Romania": ("ro", "Europe/Bucharest"),
    "Spain": ("es", "Europe/Madrid"),
}
_TRUSTEES = ("Trustee 1", "Trustee 2", "Trustee 3")
"""Two of them open a box."""
_TITLES = {
    "fr": "Budget participatif",
    "en": "Participatory budget",
    "de": "Bürgerhaushalt",
    "it": "Bilancio partecipativo",
    "ro": "Bugetare participativă",
    "cs": "Participativní rozpočet",
    "pt": "Orçamento participativo",
    "et": "Kaasav eelarve",
    "es": "Presupuestos participativos",
    "oc": "Budgèt participatiu",
}


@dataclass(frozen=True, slots=True)
class PabulibVote:
    """A vote that can be held, and what was voted in the files. All lists go by station; contest i is station i's."""

    definition: Definition
    electors: tuple[tuple[Elector, ...], ...]
    """Rising by number; the reference is the voter_id."""
    choices: tuple[tuple[tuple[int, ...], ...], ...]
    """What elector number n chose is at n - 1: indices of options, rising; empty is blank."""
    selections: tuple[tuple[tuple[int, ...], ...], ...]
    """The same with one value an option: 0 or 1, or points; empty is blank."""
    published: tuple[tuple[int | None, ...], ...]
    """The `votes` column of each option, or `score` where points are given, if the file has one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A file on its way into the vote."""

    file: str
    pb: PbFile
    number: int | None
    name: str
    order: tuple[int, ...]
    """Indices of the file's projects in the order of the options."""


def from_pabulib(
    files: Sequence[tuple[str, PbFile]],
    *,
    guests: int = 0,
) -> PabulibVote:
    """Make a vote of one or more files of approval or cumulative votes, marked as a demonstration.

    Args:
        files: Name and content of each; stations come in the order of the numbers in front of their names.
        guests: Electors without a ballot in the file, numbered after all others, at each station: for people
            who try the vote themselves.

    Raises:
        Refused: T-502, votes of another kind or without a date; T-501, what a definition cannot hold.
        Misuse: No file.
    """
    if not files:
        raise Misuse("at least one .pb file is needed")
    parts = sorted((_part(name, pb) for name, pb in files), key=lambda part: (part.number or 0, part.file))
    meta = parts[0].pb.meta
    country_language, timezone = _COUNTRIES.get(meta.get("country", ""), ("en", "UTC"))
    language = meta["language"] if meta.get("language") in LANGUAGES else country_language
    town = meta.get("unit", "") or parts[0].name
    begins = [_date(part, "date_begin", "01.01.") for part in parts]
    ends = [_date(part, "date_end", "31.12.") for part in parts]
    definition = Definition(
        title={language: f"{_TITLES[language]} {town} {meta.get('instance', '')}".strip()},
        town=town,
        opens=f"{min(begins)}T08:00",
        closes=f"{max(ends)}T20:00",
        timezone=timezone,
        languages=(language,),
        contests=_contests(parts, language),
        stations=tuple(_station(part, index, guests) for index, part in enumerate(parts)),
        trustees=_TRUSTEES,
        threshold=2,
        demonstration=True,
    )
    # By way of the file that an officer may go on with: every check, and the same record.
    definition, _ = read_definition(write_definition(definition), ", ".join(part.file for part in parts))
    voters = [_voters(part) for part in parts]
    return PabulibVote(
        definition,
        tuple((*electors, *_guests(len(electors), guests)) for electors, _ in voters),
        tuple(tuple(_chosen(selection) for selection in selections) for _, selections in voters),
        tuple(selections for _, selections in voters),
        tuple(tuple(_published(part, project) for project in part.order) for part in parts),
    )


def _part(file: str, pb: PbFile) -> _Part:
    if pb.kind not in {"approval", "cumulative"}:
        raise Refused("T-502", file, f"its ballots are {pb.kind}")
    place = pb.meta.get("subunit") or pb.meta.get("district") or pb.meta.get("unit") or file
    numbered = _NUMBERED.fullmatch(place)
    order = sorted(range(len(pb.projects)), key=lambda index: _natural(pb.projects[index].id))
    number = int(numbered[1]) if numbered else None
    return _Part(file, pb, number, numbered[2] if numbered else place, tuple(order))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Order of ids as people write them: 6-9 before 6-12."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text))


def _date(part: _Part, key: str, day: str) -> str:
    text = part.pb.meta.get(key) or part.pb.meta.get("instance", "")
    found = _DATE.fullmatch(day + text if _YEAR.fullmatch(text) else text)
    if found is None:
        raise Refused(
            "T-502", part.file, f"{key}: a date such as 03.10.2022 was expected, found {text[:40]!r}"
        )
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"


def _guests(known: int, count: int) -> tuple[Elector, ...]:
    return tuple(Elector(known + at, "GUEST", str(at)) for at in range(1, count + 1))


def _station(part: _Part, index: int, guests: int) -> Station:
    id_ = f"{index + 1 if part.number is None else part.number:02}"
    return Station(id_, part.name, "", len(part.pb.voters) + guests, (id_,))


def _contests(parts: Sequence[_Part], language: str) -> tuple[Contest, ...]:
    taken: set[str] = set()
    contests = []
    for index, part in enumerate(parts):
        id_ = slug = _slug(part.name)
        if id_ in taken:
            id_ = f"{slug}-{index + 1}"
        taken.add(id_)
        spend = _spend(part)
        form, least, most, each = _limits(part.pb)
        contests.append(
            Contest(
                id=id_,
                title={language: part.name},
                rule=Rule.BUDGET_GREEDY,
                least=least,
                most=most,
                options=_options([part.pb.projects[project] for project in part.order], language),
                stations=(index,),
                terms=Terms(budget=part.pb.budget),
                form=form if spend is None else Form.APPROVALS,
                currency=part.pb.meta.get("currency", "EUR"),
                points_each=each,
                spend=spend,
            )
        )
    return tuple(contests)


def _limits(pb: PbFile) -> tuple[Form, int, int, int | None]:
    """Form of the ballots, fewest and most options or points, most points on an option."""
    options = len(pb.projects)
    if pb.kind == "approval":
        least, most = pb.limit("min_length") or 1, pb.limit("max_length") or options
        return Form.MARKS, max(1, least), min(options, most), None
    found = max((sum(voter.points or ()) for voter in pb.voters), default=1)
    total = pb.limit("max_sum_points") or found
    each = min(total, pb.limit("max_points") or total)
    return Form.POINTS, max(1, pb.limit("min_sum_points") or 1), min(total, options * each), each


def _spend(part: _Part) -> int | None:
    """The file's spending limit per voter; none where no ballot could pass it, so that only sums need be opened.

    Raises:
        Refused: T-502, a limit that no ballot can be held to.
    """
    pb = part.pb
    costs = [project.cost for project in pb.projects]
    if (pb.limit("min_sum_cost") or 0) > min(costs):
        raise Refused("T-502", part.file, "min_sum_cost: no vote asks that a ballot spends so much at least")
    spend = pb.limit("max_sum_cost")
    if spend is None or spend >= sum(costs):
        return None
    if pb.kind != "approval":
        raise Refused("T-502", part.file, f"max_sum_cost: ballots that are {pb.kind} cannot be held to it")
    return spend


def _chosen(selection: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(option for option, value in enumerate(selection) if value)


def _published(part: _Part, project: int) -> int | None:
    found = part.pb.projects[project]
    return found.votes if part.pb.kind == "approval" else found.score


def _slug(name: str) -> str:
    """The first part of a place's name as the name of a file."""
    first = unicodedata.normalize("NFKD", name.partition("/")[0])
    plain = first.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "contest"


def _options(projects: Sequence[Project], language: str) -> tuple[Option, ...]:
    taken: set[str] = set()
    options = []
    for project in projects:
        short = _shortened(project.name, "")
        if short.casefold() in taken:
            short = _shortened(project.name, f" ({project.id})")
        taken.add(short.casefold())
        options.append(Option(project.id, {language: project.name}, {language: short}, project.cost))
    if all(option.short_name == option.name for option in options):
        return tuple(Option(option.id, option.name, None, option.cost) for option in options)
    return tuple(options)


def _shortened(name: str, end: str) -> str:
    """At most `SHORT` letters, cut between words, with three dots where something is missing."""
    if len(name + end) <= SHORT:
        return name + end
    room = SHORT - len(end) - 1
    cut = name[: room + 1].rpartition(" ")[0] if " " in name[: room + 1] else name[:room]
    return cut.rstrip(" ,;:(/-–") + "…" + end


def _voters(part: _Part) -> tuple[tuple[Elector, ...], tuple[tuple[int, ...], ...]]:
    position = {project: option for option, project in enumerate(part.order)}
    voters = sorted(part.pb.voters, key=lambda voter: _natural(voter.voter_id))
    electors = tuple(
        Elector(number, surname=voter.voter_id, given_names="", reference=voter.voter_id)
        for number, voter in enumerate(voters, 1)
    )
    return electors, tuple(_selection(voter, position) for voter in voters)


def _selection(voter: PbVoter, position: Mapping[int, int]) -> tuple[int, ...]:
    """One value an option: points, or 1 where none are written; empty for blank."""
    values = [0] * len(position)
    given = voter.points or (1,) * len(voter.approvals)
    for project, value in zip(voter.approvals, given, strict=True):
        values[position[project]] = value
    return tuple(values) if any(values) else ()
