"""One line of a town's list, its cells found by what they hold, as an elector."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.definition import Definition
from keys.election.roll import Elector, ElectorStatus
from keys.findings import Fact
from tally.roll.headings import Column
from tally.roll.values import read_birth, read_day, read_no, read_number, read_words, read_yes

__all__ = ["read_elector"]


def read_elector(texts: Mapping[Column, str], definition: Definition) -> Elector:
    """Read a line.

    Args:
        texts: What stands in the cells of each column, joined; every column is named.
        definition: Says when the vote is, and whether one person may vote for another.

    Raises:
        ValueError: A cell that cannot be what its column holds.
    """
    number = read_number(texts[Column.NUMBER])
    surname, birth_name = _surnames(texts)
    born, year = read_birth(texts[Column.BORN], definition.opens[:10])
    status, struck_off, reason = _struck_off(texts, definition.opens[:10])
    proxy, proxy_name = _proxy(texts[Column.PROXY], definition)
    return Elector(
        number=number,
        surname=surname,
        given_names=read_words(texts[Column.GIVEN_NAMES], 200),
        born=born,
        address=read_words(texts[Column.ADDRESS], 300),
        status=status,
        note=read_words(", ".join(part for part in (reason, year) if part), 200),
        reference=read_words(texts[Column.REFERENCE], 100),
        birth_name=birth_name,
        struck_off=struck_off,
        proxy=proxy,
        proxy_name=proxy_name,
    )


def _surnames(texts: Mapping[Column, str]) -> tuple[str, str]:
    """The name in use, and the name at birth where it is another one."""
    at_birth = read_words(texts[Column.BIRTH_NAME], 200)
    used = read_words(texts[Column.USED_NAME], 200)
    name = read_words(texts[Column.SURNAME], 200)
    if at_birth:  # beside it, a column just called "name" holds the one in use
        used = used or name
    else:
        at_birth = name
    if not at_birth and not used:
        raise ValueError(Fact("no surname"))
    differs = used and at_birth and used.casefold() != at_birth.casefold()
    return used or at_birth, at_birth if differs else ""


def _struck_off(texts: Mapping[Column, str], vote: str) -> tuple[ElectorStatus, str, str]:
    """Status, ISO date and reason; the one column of many towns may hold a yes, a date or the reason."""
    said, day, reason = (
        texts[column] for column in (Column.STRUCK_OFF, Column.STRUCK_OFF_ON, Column.STRUCK_OFF_WHY)
    )
    if read_no(said) and read_no(day) and read_no(reason):
        return ElectorStatus.ENTITLED, "", ""
    if said and read_no(said):
        raise ValueError("not struck off, but with a date or a reason of it")
    if not read_no(said) and not read_yes(said):
        try:
            day = read_day(said, vote) if read_no(day) else day
        except ValueError:
            reason = ", ".join(part for part in (said, reason) if part)
    on = "" if read_no(day) else read_day(day, vote)
    return ElectorStatus.STRUCK_OFF, on, read_words("" if read_no(reason) else reason, 100)


def _proxy(text: str, definition: Definition) -> tuple[int, str]:
    """Who may vote for this person: a number of the same station, or the name of somebody who is not on it."""
    if read_no(text):
        return 0, ""
    if not definition.proxies:
        raise ValueError("a proxy, and the definition allows none (proxies)")
    try:
        return read_number(text), ""
    except ValueError:
        if text.isdigit():
            raise
        return 0, read_words(text, 200)
