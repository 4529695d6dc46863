"""Catalogues of translated sentences: gettext files, ``locales/CODE/*.po``, read once and kept.

English has none: there a sentence is its own name. A catalogue says who read it in a comment above its
header, ``# reviewed: NAME, DATE`` or ``# reviewed: no``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

__all__ = ["LOCALES", "SOURCE", "available", "messages", "plural", "read_catalogue", "reviewed"]

SOURCE = "en"
LOCALES = Path(__file__).with_name("locales")


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages there are texts for, the source language first."""
    return (SOURCE, *sorted(folder.name for folder in LOCALES.iterdir() if any(folder.glob("*.po"))))


@cache
def messages(code: str) -> dict[str, tuple[str, ...]]:
    """Words by English sentence (the singular where there are two); what is not translated is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for catalogue in _catalogues(code):
        for message in catalogue:
            sentence = message.id if isinstance(message.id, str) else message.id[0]
            words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if sentence and words and all(words) and not message.fuzzy:
                found[sentence] = words
    return found


@cache
def plural(code: str) -> Callable[[int], int]:
    """Which of its forms a number takes, by the rule in the catalogue's own header."""
    return c2py(_catalogues(code)[0].plural_expr)


def reviewed(code: str) -> str:
    """Who read the texts, and when; empty for the source language and where a catalogue was not read."""
    said = {_review(catalogue) for catalogue in _catalogues(code)}
    return "" if "no" in said else ", ".join(sorted(said))


def read_catalogue(path: Path, code: str) -> Catalog:
    """Read one file.

    Raises:
        babel.messages.pofile.PoFileError: It is not a catalogue.
    """
    with path.open("rb") as file:
        return read_po(file, locale=code, charset="utf-8", abort_invalid=True)


@cache
def _catalogues(code: str) -> tuple[Catalog, ...]:
    return tuple(read_catalogue(path, code) for path in sorted((LOCALES / code).glob("*.po")))


def _review(catalogue: Catalog) -> str:
    found = re.search(r"reviewed:\s*(.+)", catalogue.header_comment)
    return found[1].strip() if found else "no"
