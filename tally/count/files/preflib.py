"""PrefLib files of orders (.soc, .soi, .toc, .toi) with the header of 2022, read strictly."""

from __future__ import annotations

import re
from collections import Counter

from tally.count.data import Ranking, RankProfile
from tally.count.files.lines import clean_word, contradiction, malformed, whole

__all__ = ["read_preflib"]

_HEADER = re.compile(r"# ([A-Z ]+?)(?: ([0-9]{1,6}))?: ?(.*)")
_GROUP = re.compile(r"\{([^{}]*)\}|([^,{}]+)")


def read_preflib(text: str, name: str) -> RankProfile:
    """Read orders, ties in braces: `12: 3,{1,2}`.

    Raises:
        Refused: A line cannot be read (T-411), or the counts of the header differ from what the file
            holds, an alternative is unknown or twice in an order (T-412).
    """
    header: dict[str, tuple[int, str]] = {}
    names: dict[int, str] = {}
    groups: Counter[Ranking] = Counter()
    lines = 0
    for line, content in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not content.strip():
            continue
        if content.startswith("#"):
            _header(content, name, line, header, names)
        else:
            lines += 1
            ranking, count = _order(content, name, line, len(names))
            groups[ranking] += count
    _compare(header, names, groups, lines, name)
    options = tuple(names[number] for number in sorted(names))
    return RankProfile(options, tuple(sorted(groups.items())))


def _header(
    content: str, name: str, line: int, header: dict[str, tuple[int, str]], names: dict[int, str]
) -> None:
    found = _HEADER.fullmatch(content.strip())
    if found is None:
        malformed(name, line, "a header line that is none")
    key, number, value = found.groups()
    if key == "ALTERNATIVE NAME" and number is not None:
        if int(number) in names:
            contradiction(name, line, f"alternative {number} is named twice")
        names[int(number)] = clean_word(name, line, value)
    else:
        header[key] = line, value.strip()


def _order(content: str, name: str, line: int, options: int) -> tuple[Ranking, int]:
    count, colon, order = content.partition(":")
    if not colon:
        malformed(name, line, "a number, a colon and an order were expected")
    rest = _GROUP.sub("", order).replace(",", "").strip()
    if rest:
        malformed(name, line, "braces that do not close")
    ranking = []
    for several, single in _GROUP.findall(order):
        words = several.split(",") if several else [single]
        numbers = [whole(name, line, "alternative", word.strip()) for word in words if word.strip()]
        if numbers:
            ranking.append(tuple(sorted(number - 1 for number in numbers)))
    seen = [option for group in ranking for option in group]
    if not seen:
        malformed(name, line, "an order without alternatives")
    if len(set(seen)) != len(seen):
        contradiction(name, line, "an alternative twice in one order")
    if not all(0 <= option < options for option in seen):
        contradiction(name, line, f"an alternative that is none of the {options}")
    return tuple(ranking), whole(name, line, "number of voters", count.strip())


def _compare(
    header: dict[str, tuple[int, str]],
    names: dict[int, str],
    groups: Counter[Ranking],
    lines: int,
    name: str,
) -> None:
    held = {
        "NUMBER ALTERNATIVES": len(names),
        "NUMBER VOTERS": sum(groups.values()),
        "NUMBER UNIQUE ORDERS": lines,
    }
    for key, number in held.items():
        if key not in header:
            malformed(name, 1, f"the header does not state {key}")
        line, value = header[key]
        if whole(name, line, key, value) != number:
            contradiction(name, line, f"{key} is {value}, the file holds {number}")
    if sorted(names) != list(range(1, len(names) + 1)):
        contradiction(name, None, "the alternatives are not numbered from 1")
    if len(set(names.values())) != len(names):
        contradiction(name, None, "two alternatives of one name")
