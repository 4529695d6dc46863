"""The paper of a destruction report: of a machine, or of the town hall."""

from __future__ import annotations

from keys.desk.destroying import ERASE_DISK
from keys.desk.language import Language
from keys.election.definition import Definition
from keys.election.destruction import Destroyed, DestructionReport
from keys.election.statement import Role, Statement
from keys.paper.document import Block, Document, Large, Notice, Rows, Signatures, Text
from keys.paper.frame import code_of, machine_line, paper
from keys.paper.groups import short_code

__all__ = ["destruction_paper", "destruction_sentence"]


def destruction_sentence(report: Statement, language: Language) -> str:
    """What a report says is destroyed, in a sentence."""
    say = language.say
    if report.header.role is Role.MACHINE:
        return say("Destroyed: keys, box, register, marks and log of this machine.")
    return say("Destroyed: registers, marks, boxes and private keys of the town hall.")


def _besides(destroyed: tuple[Destroyed, ...], language: Language) -> list[Block]:
    """What a machine destroyed beside what every machine does."""
    say = language.say
    sentences = {
        Destroyed.STICK_COPY: say("The copy of its votes on the stick is destroyed too."),
        Destroyed.REHEARSAL: say("Its keys and box of the rehearsal are destroyed too."),
        Destroyed.TAKEN_OVER: say("The boxes of machines that it took over are destroyed too."),
    }
    return [Text(sentence) for what, sentence in sentences.items() if what in destroyed]


def destruction_paper(
    definition: Definition, report: Statement, language: Language, machine: str = ""
) -> Document:
    """The paper, made of what is left after a destruction: draft and report.

    Args:
        definition: Of the draft.
        report: Of a machine or of the authority, verified.
        language: Of the paper.
        machine: Its name; empty for the town hall.
    """
    content = DestructionReport.from_content(report.content, report.name)
    say = language.say
    rows = [(say("Time"), language.moment(content.at, definition.timezone))]
    for label, digest in (
        (say("Destruction order"), content.order),
        (say("Closing report"), content.closing),
        (say("List of published files"), content.publication),
    ):
        if digest is not None:
            rows.append((label, short_code(digest)))
    title, subtitle = say("Destruction report"), ""
    signatures = [Signatures(((say("Returning officer"), ""),))]
    if machine:
        subtitle = machine_line(definition, machine, language)
        names = (*content.officers, "", "")
        signatures = [Signatures(((say("Presiding officer"), names[0]), (say("Poll clerk"), names[1])))]
    flash = say("Flash storage keeps old data out of reach: erase the key of the encrypted disk as well.")
    blocks: list[Block] = [
        Rows(tuple(rows)),
        Text(destruction_sentence(report, language), bold=True),
        *_besides(content.destroyed, language),
        Notice(f"{flash}\n{ERASE_DISK}"),
        Large(short_code(report.fingerprint), say("Code of this report")),
        code_of(report, title),
        *signatures,
    ]
    header = report.header
    return paper(definition, header.mode, header.context, language, title, blocks, subtitle=subtitle)
