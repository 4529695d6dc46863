"""Rankings: Glasgow 2007 (Scottish rules), the reference tables of Meek's rule, Burlington 2009."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from keys.election.rules import Rule, RuleParameters, TiePolicy
from tally.count.counting import count
from tally.count.data import RankProfile
from tally.count.files.alone import count_file
from tally.count.files.blt import read_blt
from tally.count.files.preflib import read_preflib
from tally.count.message import exact
from tally.count.outcome import Outcome
from tally.count.schulze import pairwise
from tests.published.line import DATA, Line, text

__all__ = ["expected_stages", "rank_lines", "stages"]

GLASGOW = {
    "anderston-city": (6900, 1381, "Craig MacKay, Philip Braat, Nina Baker, Gordon Matheson", 8, "856.59414"),
    "calton": (5199, 1300, "George Redmond, Alison E Thewliss, Ruth Simpson", 10, "1205.10743"),
    "craigton": (11052, 2211, "Iris Gibson, Alistair Watson, Matthew John Kerr, Ruth Black", 9, "1812.04793"),
    "east-centre": (
        9078,
        1816,
        "Jennifer Dunn, Patricia Chalmers, Frank Docherty, Elaine McDougall",
        12,
        "2211.72125",
    ),
    "govan": (9560, 1913, "Allison Hunter, John Flanagan, Stephen Dornan, Shaukat Butt", 9, "2065.4322"),
    "hillhead": (
        8984,
        1797,
        "George A Roberts, Martha Ferguson Wardrop, Kenneth Elder, Hanzala Malik",
        10,
        "1322.75711",
    ),
    "langside": (9334, 2334, "James Dornan, Archie Graham, Paul Coleshill", 8, "1982.43662"),
    "maryhill-kelvin": (
        9901,
        1981,
        "Alex Dingwall, Robert Winter, Mary Paris, Mohammed Razaq",
        8,
        "1854.94417",
    ),
    "partick-west": (
        12744,
        2549,
        "Kenny McLean, Christopher Mason, Aileen Colleran, Stuart Clay",
        8,
        "1592.4869",
    ),
    "pollokshields": (9567, 2392, "Irfan Rabbani, Khalil Malik, David Meikle", 9, "2565.02778"),
    "springburn": (5410, 1353, "Allan Stewart, James Todd, Phil Greene", 5, "205.38908"),
}


def stages(ward: str, outcome: Outcome) -> str:
    """Papers, quota, elected, stages, non-transferable; and every figure of every stage."""
    with (DATA / f"glasgow-2007/{ward}.stages.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    obtained = [{str(row[0]): row[1] for row in stage.rows} for stage in outcome.rounds]
    differing = sum(
        Fraction(stage[name]) != votes.get("Non-transferable" if name == "non-transferable" else name)
        for stage, votes in zip(table, obtained, strict=False)
        for name in stage
        if name != "stage"
    )
    figures = outcome.figures
    return (
        f"{figures['valid']} papers, quota {figures['quota']}: {', '.join(outcome.names)}; "
        f"{len(obtained)} stages, {differing + abs(len(table) - len(obtained))} figures differ, "
        f"non-transferable {exact(figures['non-transferable'])}"
    )


def expected_stages(ward: str) -> str:
    """The published result of a ward."""
    papers, quota, elected, number, rest = GLASGOW[ward]
    head = f"{papers} papers, quota {quota}: {elected}; {number} stages, 0 figures differ"
    return f"{head}, non-transferable {rest}"


def glasgow(ward: str) -> str:
    """A ward counted from its file."""
    return stages(ward, count_file(DATA / f"glasgow-2007/{ward}.blt", "stv-scottish"))


def glasgow_lines() -> Iterator[Line]:
    """A line a ward."""
    for ward in GLASGOW:
        yield Line(f"Glasgow 2007 {ward}, stv-scottish", expected_stages(ward), partial(glasgow, ward))


def meek_table(name: str) -> tuple[str, list[dict[str, str]]]:
    """Elected, and the first table of each round, from the reference."""
    rows = list(csv.DictReader(text(f"meek/{name}.txt").splitlines(), delimiter="\t"))
    last = rows[-1]
    options = sorted({int(key.split(".")[0]) for key in last if key[0].isdigit()})
    elected = sorted(last[f"{n}.name"] for n in options if last[f"{n}.state"] == "E")
    tables: list[dict[str, str]] = []
    for row in rows:
        if (
            row["R"].isdigit()
            and int(row["R"]) == len(tables) + 1
            and row["Action"] in {"elect", "defeat", "tie"}
        ):
            votes = {row[f"{n}.name"]: row[f"{n}.vote"] for n in options}
            tables.append({**votes, "quota": row["Quota"]})
    return ", ".join(elected), tables


def meek(name: str) -> str:
    """Elected, and every vote and quota of every round."""
    file = read_blt(text(f"meek/{name}.blt"), name)
    backwards = tuple(reversed(range(len(file.profile.options))))
    parameters = RuleParameters(seats=file.seats, ties=TiePolicy.ORDER, tie_order=backwards)
    outcome = count(Rule.STV_MEEK, parameters, file.profile)
    _, tables = meek_table(name)
    differing = 0
    for table, each in zip(tables, outcome.rounds, strict=False):
        obtained = {str(row[0]): row[1] for row in each.rows}
        obtained["quota"] = each.sentences[-1].args["quota"]  # type: ignore[assignment]
        differing += sum(Fraction(value) != obtained[key] for key, value in table.items())
    return f"{', '.join(sorted(outcome.names))}; {len(tables)} rounds, {differing} figures differ"


def meek_lines() -> Iterator[Line]:
    """A line a file."""
    for name in ("42", "42t", "513", "m135", "sc"):
        elected, tables = meek_table(name)
        expected = f"{elected}; {len(tables)} rounds, 0 figures differ"
        yield Line(f"Meek reference {name}, stv-meek", expected, partial(meek, name))
    yield Line(
        "Meek reference m135, quota of the first round",
        "84.625000001",
        lambda: exact(
            count(Rule.STV_MEEK, RuleParameters(seats=7), read_blt(text("meek/m135.blt"), "m135").profile)
            .rounds[0]
            .sentences[-1]
            .args["quota"]  # type: ignore[arg-type]
        ),
    )


def burlington() -> RankProfile:
    """The ballots."""
    return read_preflib(text("burlington-2009/mayor.toi"), "mayor.toi")


def run_off(number: int) -> str:
    """A round: option and votes."""
    outcome = count(Rule.IRV, RuleParameters(), burlington())
    return ", ".join(f"{row[0]} {row[1]}" for row in outcome.rounds[number].rows)


def pair(one: str, other: str) -> str:
    """Ballots for one against the other."""
    profile = burlington()
    table = pairwise(profile)
    first, second = profile.options.index(one), profile.options.index(other)
    return f"{table[first][second]}-{table[second][first]}"


def rank_lines() -> Iterator[Line]:
    """Everything about rankings."""
    yield from glasgow_lines()
    yield from meek_lines()
    first = (
        "Kurt Wright 2951, Bob Kiss 2585, Andy Montroll 2063, Dan Smith 1306, Write-In 36, James Simpson 35"
    )
    yield Line("Burlington 2009, irv, round 1", f"{first}, Exhausted 4", lambda: run_off(0))
    final = "Bob Kiss 4313, Kurt Wright 4060, Exhausted 607"
    yield Line("Burlington 2009, irv, final round", final, lambda: run_off(-1))
    mayor = DATA / "burlington-2009/mayor.toi"
    yield Line(
        "Burlington 2009, schulze", "Andy Montroll", lambda: ", ".join(count_file(mayor, "schulze").names)
    )
    yield Line("Burlington 2009, Montroll over Kiss", "4067-3477", lambda: pair("Andy Montroll", "Bob Kiss"))
    yield Line(
        "Burlington 2009, Montroll over Wright", "4597-3668", lambda: pair("Andy Montroll", "Kurt Wright")
    )
