"""A second copy of the program: said in the languages of the vote, for whoever starts it is no reader of commands."""

from __future__ import annotations

from pathlib import Path

from keys.desk.language import Language
from keys.desk.together import Together
from keys.findings import Misuse, Refused, Unreadable
from station.disk.folder import enrolled_definition

__all__ = ["in_use"]


def in_use(folder: Path, refused: Refused) -> Refused:
    """The same refusal, told in the first languages of the vote whose machine lies in a folder."""
    try:
        definition = enrolled_definition(folder)
    except (Refused, Unreadable, Misuse):
        return refused
    finding = refused.finding

    def words(language: Language) -> str:
        parts = (finding.title, finding.meaning, finding.remedy)
        title, *rest = (language.say(part) for part in parts)
        return " ".join((f"{title[:1].upper()}{title[1:]}.", *rest))

    told = Together.of(definition).each(words)
    return Refused(refused.code, refused.subject, refused.detail, told)
