"""Papers from before the opening: the readiness check, and a page to try the printer with."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from keys.desk.language import Language
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.codes import encode
from keys.paper.document import Block, CodeBlock, Document, Large, Lines, Rows, Signatures, Text
from keys.paper.frame import machine_line, paper
from station.checks.readiness import CheckLine
from station.wording.checklines import remedy_of, text_of, verdict_of

__all__ = ["readiness_paper", "trial_paper"]

_TRIAL = encode(bytes(range(149)))
"""A code as large as a receipt's; it says nothing."""


def readiness_paper(
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    machine: int,
    lines: Sequence[CheckLine],
    at: int,
    language: Language,
) -> Document:
    """The lines of a readiness check, with what to do about them.

    Args:
        manifest: Of the vote.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        machine: Index.
        lines: As `station.checks.readiness.check` gave them.
        at: When, Unix seconds.
        language: Of the paper.
    """
    say = language.say
    rows = [
        (verdict_of(line, language), f"{text_of(line, language)}\n{remedy_of(line, language)}".strip())
        for line in lines
    ]
    blocks: list[Block] = [
        Text(language.moment(at, manifest.definition.timezone)),
        Rows(tuple(rows)),
        Lines(2, say("Remarks and objections")),
        Signatures(((say("Presiding officer"), ""), (say("Poll clerk"), ""))),
    ]
    return _paper(manifest, fingerprint, mode, machine, language, say("Readiness check"), blocks)


def trial_paper(
    manifest: Manifest, fingerprint: bytes, mode: Mode, machine: int, language: Language
) -> Document:
    """A page to look at: letters, large letters, a square code."""
    say = language.say
    blocks: list[Block] = [
        Text(say("Are all letters clear, and the square whole? Then the printer is ready.")),
        Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"),
        Text("ÀÂÇÉÈÊËÎÏÔÖÙÛÜŒ àâçéèêëîïôöùûüœ ß ñ ã õ ă ș ț ě ř ů ž €"),
        Large("0123 4567 89AB CDEF", say("Nothing of this is a code")),
        CodeBlock(_TRIAL, say("A square code as large as a receipt's; it says nothing.")),
    ]
    return _paper(manifest, fingerprint, mode, machine, language, say("Test page"), blocks)


def _paper(
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    machine: int,
    language: Language,
    title: str,
    blocks: Sequence[Block],
) -> Document:
    subtitle = machine_line(manifest.definition, manifest.machines[machine].name, language)
    made = paper(manifest.definition, mode, fingerprint, language, title, blocks, subtitle=subtitle)
    return dataclasses.replace(made, one_page=True)
