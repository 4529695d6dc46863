"""What every paper of a vote has in common: banner, issuer, footer, the code of its statement."""

from __future__ import annotations

from collections.abc import Sequence

from keys.desk.language import Language
from keys.desk.program import PROGRAM
from keys.election.definition import Definition, text_in
from keys.election.statement import Mode, Statement
from keys.paper.codes import encode
from keys.paper.document import Attachment, Block, CodeBlock, Document
from keys.paper.groups import fingerprint_text, short_code

__all__ = ["banner", "code_of", "machine_line", "paper"]


def banner(definition: Definition, mode: Mode, language: Language) -> str:
    """What stands across every page where the votes do not count; empty for a real vote."""
    if mode is Mode.REHEARSAL:
        return language.say("REHEARSAL: THESE VOTES DO NOT COUNT")
    if definition.demonstration:
        return language.say("DEMONSTRATION: NOT A REAL VOTE")
    return ""


def code_of(statement: Statement, what: str) -> CodeBlock:
    """The square code of a statement, with its short code for people."""
    return CodeBlock(encode(statement.raw), what, short_code(statement.fingerprint))


def machine_line(definition: Definition, machine: str, language: Language) -> str:
    """Which machine a paper is of, for the row below its title.

    Args:
        definition: Of the vote.
        machine: Name.
        language: Of the paper.
    """
    station = definition.stations[definition.machine_station(machine)]
    return language.say(
        "Station {id}, {name}, machine {machine}", id=station.id, name=station.name, machine=machine
    )


def paper(
    definition: Definition,
    mode: Mode,
    manifest: bytes,
    language: Language,
    title: str,
    blocks: Sequence[Block],
    *,
    subtitle: str = "",
    attachments: tuple[Attachment, ...] = (),
    data: str = "",
    sealed: bool = True,
) -> Document:
    """A paper of this vote.

    Args:
        definition: Of the vote.
        mode: Official or rehearsal.
        manifest: Fingerprint of the manifest, 32 bytes; of the draft, where the vote is not sealed yet.
        language: Of the paper.
        title: What it is.
        blocks: What it says.
        subtitle: Below the title.
        attachments: Machine data.
        data: What stands at the foot of every page about the data of the paper: a name and a digest.
        sealed: The paper is made after the sealing.
    """
    return Document(
        title=title,
        lang=language.code,
        blocks=tuple(blocks),
        issuer=f"{definition.town} - {text_in(definition.title, language.code)}",
        subtitle=subtitle,
        banner=banner(definition, mode, language),
        footer=(
            f"{language.say('Sealed file') if sealed else language.say('Draft')} {fingerprint_text(manifest)}",
            *([data] if data else []),
            PROGRAM,
        ),
        attachments=attachments,
    )
