"""All published results that we count again."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from keys.election.rules import Base, Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import GradeProfile
from tally.count.files.csv_votes import read_csv
from tally.count.outcome import Outcome
from tests.published.budgets import budget_lines
from tests.published.line import Line, text
from tests.published.ranks import rank_lines

__all__ = ["GRADES", "ORSAY", "judged", "lines", "report"]

GRADES = ("A rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien")
ORSAY = (
    "Bayrou Assez bien+ 768 531, Royal Assez bien- 682 720, Sarkozy Assez bien- 674 812, Voynet Passable- 516 807, "
    "Besancenot Insuffisant+ 801 540, Buffet Insuffisant+ 748 528, Bové Insuffisant- 605 683, "
    "Laguiller Insuffisant- 592 694, Nihous A rejeter+ 780 0, de Villiers A rejeter+ 771 0, "
    "Schivardi A rejeter+ 688 0, Le Pen A rejeter+ 445 0"
)


def orsay() -> str:
    """The three polling stations together."""
    together: Counter[tuple[int, ...]] = Counter()
    options: tuple[str, ...] = ()
    for station in ("01", "06", "12"):
        part = read_csv(text(f"orsay-2007/bureau_{station}.csv"), station)
        if not isinstance(part, GradeProfile):
            return "not grades"
        options = part.options
        together.update(dict(part.groups))
    profile = GradeProfile(options, tuple(sorted(together.items())))
    return judged(count(Rule.MAJORITY_JUDGEMENT, RuleParameters(seats=12, grades=GRADES), profile))


def judged(outcome: Outcome) -> str:
    """Order, majority grades, ballots above and below."""
    rows = {str(row[0]): row[1:] for row in outcome.rounds[-1].rows}
    return ", ".join(f"{name} {' '.join(str(cell) for cell in rows[name])}" for name in outcome.names)


def seats(town: str, places: int, rule: Rule = Rule.DHONDT) -> str:
    """Seats, most first."""
    data = read_csv(text(f"lists-2011/{town}.csv"), town)
    parameters = RuleParameters(seats=places, threshold=Fraction(1, 20), threshold_base=Base.VALID_OR_BLANK)
    outcome = count(rule, parameters, data)
    return "/".join(f"{outcome.seats[option]}" for option in outcome.winners)


def lines() -> list[Line]:
    """All published results."""
    return [
        *rank_lines(),
        Line("Orsay 2007, majority-judgement", ORSAY, orsay),
        Line("Barcelona 2011, dhondt", "14/11/9/5/2", lambda: seats("barcelona", 41)),
        Line("Elgoibar 2011, dhondt", "7/7/2/1", lambda: seats("elgoibar", 17)),
        Line("Mieres 2011, dhondt", "10/5/4/2", lambda: seats("mieres", 21)),
        *budget_lines(),
    ]


def report(found: list[Line]) -> int:
    """Print the table.

    Returns:
        0 if every line is equal, else 1.
    """
    wrong = 0
    for line in found:
        obtained = line.obtain()
        wrong += obtained != line.expected
        print(f"{'equal ' if obtained == line.expected else 'DIFFER'}  {line.what}")
        print(f"        expected  {line.expected}")
        print(f"        obtained  {obtained}")
    print(f"{len(found) - wrong} of {len(found)} published results obtained.")
    return 1 if wrong else 0
