"""The minutes as a paper, in the languages of the vote: its head, its parts in order, and where people sign."""

from __future__ import annotations

import hashlib

from keys.desk.together import Together
from keys.election.dossier import Dossier
from keys.election.layout import safe_name
from keys.paper.document import (
    Attachment,
    Block,
    Document,
    Heading,
    Lines,
    Notice,
    Rows,
    Signatures,
    Text,
)
from keys.paper.frame import paper
from keys.paper.groups import fingerprint_text
from tally.minutes.contests import contest_blocks
from tally.minutes.proceedings import Proceedings
from tally.minutes.remarks import challenges, decisions, paper_stations, unusual
from tally.minutes.stations import figures, hours, incidents, openings, participation
from tally.telling.tables import results_csv, results_json

__all__ = ["minutes"]

_DATA = "results.json"
_LINES = 6


def minutes(count: Proceedings, language: Together) -> Document:
    """The minutes of a count, with its machine data inside.

    Args:
        count: What happened.
        language: The languages of the paper.
    """
    dossier = count.dossier
    definition, say = dossier.manifest.definition, language.say
    blocks: list[Block] = [*_front(count, language)]
    blocks += participation(count, language)
    blocks += figures(count, language)
    blocks += paper_stations(dossier, language)
    blocks += [*hours(dossier, language), *openings(dossier, language), *incidents(dossier, language)]
    blocks += [*challenges(dossier, language), *unusual(count.doubts, language)]
    for at in range(len(count.counted)):
        blocks += contest_blocks(count, at, language)
    blocks += decisions(dossier, language)
    blocks += _end(dossier, language)
    data = _data(count)
    digest = fingerprint_text(hashlib.sha256(data[0].content).digest())
    return paper(
        definition,
        dossier.mode,
        dossier.fingerprint,
        language,
        say("Minutes of the count"),
        blocks,
        subtitle=language.text(definition.title),
        attachments=data,
        data=f"{say('Digest of {file}', file=_DATA)} {digest}",
    )


def _front(count: Proceedings, language: Together) -> list[Block]:
    say, manifest, number = language.say, count.dossier.manifest, language.number
    definition = manifest.definition
    table = [
        (say("Vote"), language.text(definition.title)),
        (say("Town"), definition.town),
        (say("Polling"), f"{language.announced(definition.opens)} - {language.announced(definition.closes)}"),
        (say("Minutes written"), language.moment(count.now, definition.timezone)),
        (say("Stations"), number(len(definition.stations))),
        (say("Contests"), number(len(definition.contests))),
        (say("Trustees"), language.join([trustee.name for trustee in manifest.trustees])),
        (say("Trustees needed to open"), number(definition.threshold)),
        (say("Sealed file number"), number(manifest.number)),
        (say("Fingerprint of the sealed file"), fingerprint_text(count.dossier.fingerprint)),
    ]
    if manifest.board:
        table.insert(8, (say("Board"), language.join([member.name for member in manifest.board])))
    blocks: list[Block] = [Rows(tuple(table))]
    if manifest.one_machine_ceremony:
        blocks.append(Notice(say("The trustees made their keys on one machine.")))
    if len(manifest.trustees) == 1:
        blocks.append(Notice(say("There is a single trustee: this person alone can open the box.")))
    return blocks


def _end(dossier: Dossier, language: Together) -> list[Block]:
    say = language.say
    people = [(say("Returning officer"), "")]
    people += [(say("Trustee"), trustee.name) for trustee in dossier.manifest.trustees]
    people += [(say("Member of the board"), member.name) for member in dossier.manifest.board]
    return [
        Heading(say("How to check this")),
        Text(say("Anyone can check these results again from the public folder: tally verify FOLDER.")),
        Text(
            say(
                "The accessible edition of these minutes is the page index.html in the public folder: it works "
                "without a network, with a keyboard and with a screen reader."
            )
        ),
        Text(
            say(
                "The figures are attached to this PDF for other programs. The digest of the file results.json is "
                "at the foot of every page."
            )
        ),
        Heading(say("Remarks and objections")),
        Lines(_LINES),
        Heading(say("Signatures")),
        Signatures(tuple(people)),
    ]


def _data(count: Proceedings) -> tuple[Attachment, ...]:
    """The published tables, first that whose digest is printed, and the signed results."""
    definition = count.dossier.manifest.definition
    tables = (
        Attachment(
            _DATA, results_json(count.dossier, count.counted, definition.language), "application/json"
        ),
        Attachment("results.csv", results_csv(count.dossier, count.counted, definition.language), "text/csv"),
    )
    signed = tuple(
        Attachment(f"result-{safe_name(definition.contests[item.contest].id)}.cose", statement.raw)
        for item, statement in zip(count.counted, count.statements, strict=True)
    )
    return (*tables, *signed)
