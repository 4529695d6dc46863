"""A paper for readers of several languages: each sentence in all of them, the town's own first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keys.desk import catalogue
from keys.desk.language import Language
from keys.desk.town import speaks
from keys.election.definition import Definition, text_in

__all__ = ["Together"]

_SIDE_BY_SIDE = 64
"""Letters that labels in all languages may have beside each other; what is longer stands below each other."""


class Together(Language):
    """Several languages in the place of one.

    What is said comes in each of them, once where they say the same. Numbers, money and moments are written as
    the first writes them.
    """

    def __init__(self, languages: Sequence[Language], apart: str = " / ") -> None:
        """Take languages.

        Args:
            languages: At least one, the town's own first.
            apart: What parts short labels; sentences always stand below each other.
        """
        super().__init__(languages[0].code)
        self._languages = tuple(languages)
        self._apart = apart

    @classmethod
    def of(cls, definition: Definition, most: int = 2) -> Together:
        """The first languages of a vote that there are texts for; English where there is none."""
        known = [code for code in definition.languages if code in catalogue.available()]
        return cls([speaks(definition, code) for code in known[:most] or [catalogue.SOURCE]])

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages."""
        return tuple(language.code for language in self._languages)

    def stacked(self) -> Together:
        """The same for narrow places: labels below each other."""
        return Together(self._languages, "\n")

    def each(self, words: Callable[[Language], str]) -> str:
        """The same words in all languages.

        Args:
            words: Gives them in one.
        """
        said = dict.fromkeys(words(language) for language in self._languages)
        long = sum(map(len, said)) > _SIDE_BY_SIDE or any(text.endswith((".", ":")) for text in said)
        return ("\n" if long else self._apart).join(said)

    def text(self, texts: dict[str, str]) -> str:
        """A text of the definition: in each of these languages in which the town wrote it."""
        return self.each(lambda language: text_in(texts, language.code))

    def wording(self, sentence: str) -> str:
        """See `Language.wording`."""
        return self.each(lambda language: language.wording(sentence))

    def say(self, sentence: str, **values: object) -> str:
        """See `Language.say`."""
        return self.each(lambda language: language.say(sentence, **values))

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """See `Language.say_many`."""
        return self.each(lambda language: language.say_many(one, many, count, **values))

    def join(self, parts: Sequence[str]) -> str:
        """Names with commas alone where there are several languages: "and" belongs to one of them."""
        return super().join(parts) if len(self._languages) == 1 else ", ".join(parts)
