"""Sentences, numbers, money and moments in the language of whoever reads them.

The source language is English: a sentence is its own name. Other languages stand in gettext catalogues,
``locales/CODE/*.po``, read at run time. A town may put its own words in place of any sentence.
Owns no sentence: those stand where they are shown, as ``say("...")``, so that a test can find them all.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, parse_date
from babel.numbers import format_decimal, format_percent, get_decimal_symbol

from keys.desk import catalogue
from keys.election.definition import text_in
from keys.findings import Misuse

__all__ = ["Language", "placeholders"]

_LOCALE = {"en": "en_GB", "pt": "pt_PT"}
"""English and Portuguese as they are written in Europe: 3 October 2026, 1, 2 or 3; 400 000 €."""
_FIGURES = {"oc": "fr"}
"""Where the tables of the world's languages know days but no figures, those of the neighbour."""
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PLACE_AND_COLON = re.compile(_PLACE.pattern + r"(\u00a0?: (\w?))?")
_FRENCH_SPACE = re.compile(r" (?=[:;!?»%€])|(?<=[«°]) ")
_FRENCH_FIRST = re.compile(r"\b1(?= [a-zéû])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w{«])")
_SPANISH_I = re.compile(r"(?:i|í|h[ií](?![aeo]))", re.IGNORECASE)
_SPANISH_O = re.compile(r"h?[oó]|8|11(?!\d)", re.IGNORECASE)
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


def placeholders(text: str) -> frozenset[str]:
    """Names that a sentence leaves open, ``{name}``."""
    return frozenset(_PLACE.findall(text))


class Language:
    """One language, with the town's own words where it has some.

    Attributes:
        code: ``en``, ``fr`` and so on.
    """

    def __init__(self, code: str, overrides: Mapping[str, str] = _NO_WORDS) -> None:
        """Take a language.

        Args:
            code: One of `keys.desk.catalogue.available`.
            overrides: The town's wording by English sentence.

        Raises:
            Misuse: There is no such language, or a wording names something its sentence does not know.
        """
        if code not in catalogue.available():
            raise Misuse(f"there is no language {code!r}; there are {', '.join(catalogue.available())}")
        for sentence, words in overrides.items():
            unknown = placeholders(words) - placeholders(sentence)
            if unknown:
                raise Misuse(f"the wording of {sentence!r} names {', '.join(sorted(unknown))}")
        self.code = code
        self._overrides = dict(overrides)

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def wording(self, sentence: str) -> str:
        """The wording of a sentence whose places somebody else fills."""
        return self._typeset(self._overrides.get(sentence) or self._one(sentence))

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in this language.

        Args:
            sentence: In English; what it leaves open is written ``{name}``. What follows ``|`` is for translators
                alone: it tells two meanings of one word apart.
            values: What to put there; whole numbers are written as this language writes them.
        """
        words = self._overrides.get(sentence) or self._one(sentence)
        return self._fill(words, values)

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """A sentence that depends on a number, which it may name ``{count}``.

        Args:
            one: In English, for exactly one.
            many: In English, for any other number.
            count: The number.
            values: What else to put in.
        """
        sentence = one if count == 1 else many
        words = self._overrides.get(sentence) or self._many(one, many, count)
        return self._fill(words, {"count": count, **values})

    def number(self, value: int) -> str:
        """A whole number with its thousands apart."""
        return _plain_spaces(format_decimal(value, locale=self._figures))

    def decimal(self, written: str) -> str:
        """A number that stands written with a point, with the sign of this language: ``88,95912``."""
        return written.replace(".", get_decimal_symbol(self._figures))

    def percent(self, share: Fraction) -> str:
        """A share with one digit behind the sign, such as ``12,5 %``."""
        tenths = round(share * 1000)
        return _plain_spaces(format_percent(Decimal(tenths) / 1000, "0.0" + self._percent, self._figures))

    def money(self, amount: int, currency: str) -> str:
        """An amount in whole units of a currency, such as ``400 000 €``."""
        pattern = copy.copy(self._figures.currency_formats["standard"])
        pattern.frac_prec = (0, 0)
        return _plain_spaces(pattern.apply(amount, self._figures, currency=currency, currency_digits=False))

    def moment(self, unix: int, zone: str) -> str:
        """Day and hour, such as ``4 oct. 2026, 07:38``.

        Args:
            unix: Seconds.
            zone: Name of the time zone, such as ``Europe/Paris``.
        """
        local = _local(unix, zone)
        return f"{self._date(local, 'medium')}, {local:%H:%M}"

    def announced(self, local: str) -> str:
        """An hour of a definition, ``2026-10-04T08:00``, such as ``4 octobre 2026, 08:00``."""
        return f"{self.day(local[:10])}, {local[11:]}"

    def clock(self, unix: int, zone: str) -> str:
        """Day of the week, day and hour without the year, such as ``dim. 4 oct. 07:38``."""
        local = _local(unix, zone)
        return f"{self._first(format_skeleton('MMMEd', local, locale=self._locale))} {local:%H:%M}"

    def short_day(self, unix: int, zone: str) -> str:
        """A day of this year, such as ``29 sept.``."""
        return self._first(format_skeleton("MMMd", _local(unix, zone), locale=self._locale))

    def hour(self, unix: int, zone: str) -> str:
        """Hour and minute, such as ``07:38``."""
        return format_datetime(_local(unix, zone), "HH:mm", locale=self._locale)

    def day(self, iso: str) -> str:
        """A date in full, such as ``14 mars 1958``; what is not an ISO date is given back as it is."""
        try:
            return self._date(date.fromisoformat(iso), "long")
        except ValueError:
            return iso

    def text(self, texts: dict[str, str]) -> str:
        """A text of the definition."""
        return text_in(texts, self.code)

    def digits(self, iso: str) -> str:
        """A date, or what is known of one, in digits and in the order of the day: ``14/03/1958``, ``14.03.1958``."""
        between = re.sub("[dMy]", "", self._locale.date_formats["short"].pattern)[0]
        return between.join(reversed(iso.split("-")))

    def read_day(self, text: str) -> date | None:
        """A date that was typed in figures, as this language writes it or as ``1958-03-14``; None if it is none."""
        try:
            return parse_date(text.strip(), locale=self._locale, format="short")
        except (ValueError, IndexError):
            return None

    def join(self, parts: Sequence[str]) -> str:
        """A list of things: ``a, b and c``."""
        return self._listed(parts, "standard")

    def join_or(self, parts: Sequence[str]) -> str:
        """A list of possibilities: ``a, b or c``."""
        return self._listed(parts, "or")

    @property
    def name(self) -> str:
        """What the language calls itself, with a capital."""
        own = self._locale.get_language_name(self.code) or self.code
        return own[0].upper() + own[1:]

    @property
    def reviewed(self) -> str:
        """Who read the texts and when, as the catalogues say; empty for the source or where nobody did."""
        return catalogue.reviewed(self.code)

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(_LOCALE.get(self.code, self.code))

    @cached_property
    def _figures(self) -> Locale:
        return Locale.parse(_FIGURES.get(self.code, str(self._locale)))

    @property
    def _percent(self) -> str:
        """The sign, with the space that the language puts before it."""
        return str(self._figures.percent_formats[None].pattern.lstrip("#,0"))

    def _date(self, day: date, length: Literal["medium", "long"]) -> str:
        return self._first(format_date(day, length, locale=self._locale))

    def _first(self, written: str) -> str:
        """The first of the month has a word of its own in French, which the tables do not know."""
        text = _plain_spaces(written)
        return _FRENCH_FIRST.sub("1er", text) if self.code == "fr" else text

    def _one(self, sentence: str) -> str:
        return catalogue.messages(self.code).get(sentence, (_bare(sentence),))[0]

    def _many(self, one: str, many: str, count: int) -> str:
        forms = catalogue.messages(self.code).get(one)
        if forms is None:
            return one if count == 1 else many
        return forms[min(catalogue.plural(self.code)(count), len(forms) - 1)]

    def _fill(self, words: str, values: Mapping[str, object]) -> str:
        def put(match: re.Match[str]) -> str:
            value = values[match[1]]
            text = self.number(value) if type(value) is int else str(value)
            if match[2] and text.endswith(("?", "!")):  # a question as a title: no colon, a new sentence
                return f"{text} {match[3].upper()}"
            return text + (match[2] or "")

        return _PLACE_AND_COLON.sub(put, self._typeset(words))

    def _typeset(self, words: str) -> str:
        """French and Occitan signs as printers set them; what is filled in, such as a file's name, stays as it is."""
        if self.code not in ("fr", "oc"):
            return words
        printed = _APOSTROPHE.sub("’", words)
        return _FRENCH_SPACE.sub("\u00a0", printed) if self.code == "fr" else printed

    def _listed(self, parts: Sequence[str], style: str) -> str:
        if len(parts) < 2:
            return "".join(parts)
        patterns = self._locale.list_patterns[style]
        if len(parts) == 2:
            return _pair(self._before(parts[-1], patterns["2"]), *parts)
        text = _pair(self._before(parts[-1], patterns["end"]), parts[-2], parts[-1])
        for part in reversed(parts[1:-2]):
            text = _pair(patterns["middle"], part, text)
        return _pair(patterns["start"], parts[0], text)

    def _before(self, last: str, pattern: str) -> str:
        """In Spanish "and" and "or" change before their own sound: Ana e Inés, 7 u 8."""
        if self.code == "es" and _SPANISH_I.match(last):
            return pattern.replace(" y {", " e {")
        if self.code == "es" and _SPANISH_O.match(last):
            return pattern.replace(" o {", " u {")
        return pattern


def _bare(sentence: str) -> str:
    return sentence.partition("|")[0]


def _pair(pattern: str, first: str, second: str) -> str:
    """Put two parts into a pattern without reading braces in the parts."""
    return re.sub(r"\{([01])\}", lambda match: second if match[1] == "1" else first, pattern)


def _local(unix: int, zone: str) -> datetime:
    return datetime.fromtimestamp(unix, ZoneInfo(zone))


def _plain_spaces(text: str) -> str:
    """The narrow no-break space is missing in console fonts; the wide one is not."""
    return text.replace("\u202f", "\u00a0")
