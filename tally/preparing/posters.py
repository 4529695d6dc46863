"""Posters: the fingerprint on paper, against which files are compared."""

from __future__ import annotations

from keys.desk.together import Together
from keys.election.definition import Definition
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.document import Block, Document, Heading, Large, Rows, Signatures, Text
from keys.paper.frame import paper
from keys.paper.groups import fingerprint_groups

__all__ = ["draft_sheet", "poster"]


def draft_sheet(definition: Definition, fingerprint: bytes, language: Together) -> Document:
    """The sheet that goes with the draft to trustees and machines, in the languages of the paper."""
    say = language.say
    blocks: list[Block] = [
        Text(say("Compare this with what the program shows, or type the groups it asks for.")),
        *_large(fingerprint),
        *_contests(definition, language),
        Signatures(((say("Returning officer"), ""),)),
    ]
    title = say("Fingerprint sheet of the draft")
    return paper(definition, Mode.OFFICIAL, fingerprint, language, title, blocks, sealed=False)


def poster(manifest: Manifest, fingerprint: bytes, rehearsal: bytes, language: Together) -> Document:
    """The poster of the sealed vote, for the town hall and every station, in the languages of the paper."""
    say, definition = language.say, manifest.definition
    machines = tuple(
        (machine.name, definition.stations[machine.station].name) for machine in manifest.machines
    )
    blocks: list[Block] = [
        Text(
            say(
                "This number stands for everything that the vote rests on. If a single letter differs, it is a "
                "different file."
            )
        ),
        *_large(fingerprint),
        Rows(
            (
                (say("Sealed file number"), str(manifest.number)),
                (say("Sealed"), language.moment(manifest.sealed, definition.timezone)),
                (say("Trustees"), language.join([trustee.name for trustee in manifest.trustees])),
                (say("Trustees needed to open"), language.number(definition.threshold)),
            )
        ),
        *_contests(definition, language),
        Heading(say("Machines"), 2),
        Rows(machines),
        Heading(say("For rehearsals only"), 2),
        Text("  ".join(fingerprint_groups(rehearsal))),
        Signatures(((say("Returning officer"), ""),)),
    ]
    title = say("Fingerprint of the sealed vote")
    return paper(definition, Mode.OFFICIAL, fingerprint, language, title, blocks)


def _large(fingerprint: bytes) -> list[Block]:
    groups = fingerprint_groups(fingerprint)
    return [Large("   ".join(groups[at : at + 5])) for at in range(0, len(groups), 5)]


def _contests(definition: Definition, language: Together) -> list[Block]:
    titles = tuple((contest.id, language.text(contest.title)) for contest in definition.contests)
    return [Heading(language.say("Contests"), 2), Rows(titles)]
