"""BLT files (OpenSTV, OpaVote, ERS), read tolerantly and written strictly.

Read: withdrawn options (`-3`), equal ranks (`2=3`), skipped ranks (`-`), options such as `[nick a b c]` or
`[tie 3 2 1]`, comments from `#` to the end of the line, ballot identifiers in round brackets, ballots
broken over lines, several ballots in one line, names with or without quotes, quotes that are doubled.
A ballot that holds an option twice is invalid, and counted as such. An option that does not exist is
refused. A withdrawn option is passed over by the rules that count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tally.count.data import Ranking, RankProfile
from tally.count.files.lines import clean_word, contradiction, malformed, whole

__all__ = ["BltFile", "read_blt", "write_blt"]

_TOKEN = re.compile(r"[^\s]+")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"\s*(?:#.*)?')
"""A name in quotes, those inside doubled, perhaps with a comment after it."""
_MOST_OPTIONS = 10_000


@dataclass(frozen=True, slots=True)
class BltFile:
    """A BLT file as read."""

    profile: RankProfile
    seats: int
    title: str
    notes: tuple[str, ...] = ()
    """Lines after the title."""


def read_blt(text: str, name: str) -> BltFile:
    """Read a BLT file.

    Args:
        text: The whole file.
        name: What to call it in refusals.

    Raises:
        Refused: A line cannot be read (T-411); options, names or ballots do not fit together (T-412).
    """
    return _Reader(text, name).read()


@dataclass
class _Reader:
    text: str
    name: str
    options: int = 0
    nicks: dict[str, int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    groups: Counter[Ranking] = field(default_factory=Counter)
    blank: int = 0
    invalid: int = 0

    def read(self) -> BltFile:
        lines = list(enumerate(self.text.removeprefix("\ufeff").splitlines(), start=1))
        words = self._words(iter(lines))
        line, first = self._next(words)
        self.options = self._number(line, first, "options")
        line, second = self._next(words)
        seats = self._number(line, second, "seats")
        if not 1 <= self.options <= _MOST_OPTIONS or seats < 1:
            contradiction(self.name, line, f"{self.options} options for {seats} seats")
        end = self._ballots(words)
        names, title, notes = self._names(lines[end:])
        profile = RankProfile(
            names,
            tuple(sorted(self.groups.items())),
            blank=self.blank,
            invalid=self.invalid,
            withdrawn=frozenset(self.withdrawn),
        )
        return BltFile(profile, seats, title, notes)

    def _words(self, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Words of the numeric part, options in square brackets handled on the way."""
        for line, content in lines:
            content = re.sub(r"\([^)]*\)", " ", content.split("#", 1)[0])
            for option in re.findall(r"\[([^\]]*)\]", content):
                self._option(line, option.split())
            content = re.sub(r"\[[^\]]*\]", " ", content)
            if "[" in content or "]" in content:
                malformed(self.name, line, "an option in square brackets is not closed")
            for word in _TOKEN.findall(content):
                yield line, word

    def _option(self, line: int, words: list[str]) -> None:
        if not words:
            return
        if words[0] == "nick":
            if len(words) - 1 != self.options or len(set(words)) != len(words):
                contradiction(self.name, line, f"{len(words) - 1} nicknames for {self.options} options")
            self.nicks = {nick: index for index, nick in enumerate(words[1:])}
        elif words[0] in {"withdrawn", "excluded"}:
            for word in words[1:]:
                self.withdrawn.add(self._preference(line, word))

    def _next(self, words: Iterator[tuple[int, str]]) -> tuple[int, str]:
        for line, word in words:
            return line, word
        return malformed(self.name, len(self.text.splitlines()) or 1, "the file ends before its ballots do")

    def _number(self, line: int, word: str, field: str) -> int:
        return whole(self.name, line, field, word)

    def _ballots(self, words: Iterator[tuple[int, str]]) -> int:
        """Read ballots up to the 0 that ends them; returns the number of lines used."""
        while True:
            line, word = self._next(words)
            if word == "0":
                return line
            if word.startswith("-") and word != "-":
                self.withdrawn.add(self._preference(line, word[1:]))
                continue
            self._ballot(self._number(line, word, "number of ballots"), words)

    def _ballot(self, number: int, words: Iterator[tuple[int, str]]) -> None:
        ranking: list[tuple[int, ...]] = []
        while True:
            line, word = self._next(words)
            if word == "0":
                break
            if word == "-":
                continue
            ranking.append(tuple(sorted(self._preference(line, part) for part in word.split("="))))
        seen = [option for group in ranking for option in group]
        if not number:
            return
        if not seen:
            self.blank += number
        elif len(set(seen)) == len(seen):
            self.groups[tuple(ranking)] += number
        else:
            self.invalid += number

    def _preference(self, line: int, word: str) -> int:
        if word in self.nicks:
            return self.nicks[word]
        number = whole(self.name, line, "preference", word)
        if not 1 <= number <= self.options:
            contradiction(self.name, line, f"option {number}, but there are {self.options}")
        return number - 1

    def _names(self, lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        names: list[str] = []
        rest: list[str] = []
        for line, content in lines:
            word = self._unquote(line, content)
            if word and len(names) < self.options:
                names.append(word)
            elif word:
                rest.append(word)
        if len(names) != self.options:
            contradiction(self.name, None, f"{self.options} options, but {len(names)} names")
        if len(set(names)) != len(names):
            contradiction(self.name, None, "two options of one name")
        return tuple(names), rest[0] if rest else "", tuple(rest[1:])

    def _unquote(self, line: int, content: str) -> str:
        """A name: what stands in quotes, or the line up to a comment; blanks inside made single."""
        content = content.strip()
        if quoted := _QUOTED.fullmatch(content):
            content = quoted[1].replace('""', '"')
        elif content.startswith('"'):
            content = content.strip('"')
        else:
            content = content.split("#", 1)[0]
        return re.sub(r"\s+", " ", clean_word(self.name, line, content.replace("\t", " ")))


def write_blt(profile: RankProfile, seats: int, title: str) -> str:
    """Write rankings as a BLT file, in the one form that strict readers also accept.

    Blank and invalid ballots have no place in this format and are left out.
    """
    lines = [f"{len(profile.options)} {seats}"]
    lines += [f"-{option + 1}" for option in sorted(profile.withdrawn)]
    for ranking, count in profile.groups:
        ranks = " ".join("=".join(str(option + 1) for option in group) for group in ranking)
        lines.append(f"{count} {ranks} 0")
    lines.append("0")
    lines += [_quoted(name) for name in (*profile.options, title)]
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', "'") + '"'
