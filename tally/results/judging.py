"""Ballots that were opened one by one, judged by the form of their contest, and grouped for its rule.

A ballot that breaks its form is invalid, counted as such by reason, and never dropped.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from keys.crypto.errors import CryptoError
from keys.election.forms import Flaw, Shape
from keys.election.rules import Form
from keys.election.verification import Sheets
from keys.findings import Refused
from tally.count.data import Profile, Ranking, approvals, grade_sheets, rankings

__all__ = ["judge"]


def judge(
    shape: Shape,
    sheets: Sheets,
    options: tuple[str, ...],
    *,
    electors: int | None = None,
    costs: tuple[int, ...] | None = None,
) -> tuple[Profile, Mapping[Flaw, int]]:
    """Judge and group the ballots of a contest.

    Args:
        shape: Of the contest; a form that is opened whole.
        sheets: As opened.
        options: Names.
        electors: Persons on the roll, if known.
        costs: Of the options, if all have one.

    Returns:
        The ballots as the rules take them, and the invalid ones by reason.

    Raises:
        Refused: T-401, what was opened fits no ballot of this question.
    """
    valid: list[tuple[int, ...]] = []
    blank = 0
    flaws: Counter[Flaw] = Counter()
    for values, sound in zip(sheets.values, sheets.sound, strict=True):
        selection, flaw = _read(shape, values, sound)
        if flaw is not None:
            flaws[flaw] += 1
        elif any(selection):
            valid.append(selection)
        else:
            blank += 1
    profile = _profile(shape.form, valid, options, blank, flaws.total())
    return dataclasses.replace(profile, electors=electors, costs=costs), dict(sorted(flaws.items()))


def _read(shape: Shape, values: Sequence[int], sound: bool) -> tuple[tuple[int, ...], Flaw | None]:
    if not sound:
        return (), Flaw.ENCODING
    try:
        selection = shape.read(values)
    except CryptoError:
        return (), Flaw.ENCODING
    return selection, shape.flaw(selection)


def _profile(
    form: Form, valid: Sequence[tuple[int, ...]], options: tuple[str, ...], blank: int, invalid: int
) -> Profile:
    if form is Form.RANKS:
        return rankings([_ranking(selection) for selection in valid], options, blank, invalid)
    if form is Form.GRADES:
        return grade_sheets(valid, options, blank, invalid)
    if form is Form.APPROVALS:
        chosen = [tuple(at for at, value in enumerate(selection) if value) for selection in valid]
        return approvals(chosen, options, blank, invalid)
    raise Refused("T-403", f"form {form}", "its ballots are added, not opened")


def _ranking(selection: Sequence[int]) -> Ranking:
    ranked = sorted((rank, option) for option, rank in enumerate(selection) if rank)
    return tuple((option,) for _, option in ranked)
