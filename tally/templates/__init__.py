"""Definitions to begin with: real votes in French and English, with notes for whoever changes them.

A line that begins with ``fr| `` or ``en| `` stands in the file of that language alone; all others stand in both.
"""

from __future__ import annotations

import re
from importlib.resources import files

from keys.findings import Misuse

__all__ = ["LANGUAGES", "summary", "template", "templates"]

LANGUAGES = ("en", "fr")
_LINE = re.compile(r"(?:([a-z]{2})\| )?(.*)")


def templates() -> tuple[str, ...]:
    """Their names."""
    return tuple(sorted(path.name[:-5] for path in files(__name__).iterdir() if path.name.endswith(".toml")))


def template(name: str, language: str) -> str:
    """The text of a definition file.

    Args:
        name: One of `templates`.
        language: One of `LANGUAGES`: of the notes, and the first of the vote.

    Raises:
        Misuse: There is no such template or language.
    """
    if name not in templates():
        raise Misuse(f"no template is named {name!r}; there are {', '.join(templates())}")
    if language not in LANGUAGES:
        raise Misuse(f"templates speak {', '.join(LANGUAGES)}, not {language!r}")
    lines = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8").splitlines()
    kept = [found for line in lines if (found := _LINE.fullmatch(line)) and found[1] in {None, language}]
    return "\n".join(found[2] for found in kept) + "\n"


def summary(name: str, language: str) -> str:
    """What a template is for: its first note.

    Raises:
        Misuse: As `template`.
    """
    return template(name, language).split("\n", 1)[0].removeprefix("# ")
