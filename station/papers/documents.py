"""The papers of a station, as documents: receipt, check slip, opened sheet, officers' cards."""

from __future__ import annotations

from keys.desk.cards import Card
from keys.desk.chosen import chosen_in, chosen_words
from keys.desk.language import Language
from keys.desk.spending import spent_words
from keys.election.challenge import Challenge
from keys.election.definition import Definition, Station, text_in
from keys.election.interruption import machine_of
from keys.election.receipt import Receipt
from keys.election.statement import Mode, Statement
from keys.paper.codes import encode
from keys.paper.document import (
    Block,
    CodeBlock,
    Document,
    Large,
    Notice,
    Rows,
    Text,
)
from keys.paper.frame import code_of, paper
from keys.paper.groups import check_code, short_code
from station.papers.letterhead import Letterhead

__all__ = ["card_paper", "challenge_paper", "receipt_paper", "slip_paper"]


def receipt_paper(head: Letterhead, receipt: Statement) -> Document:
    """The receipt of a visit: that a ballot is in, and never what it says."""
    content = Receipt.from_content(receipt.content, receipt.name)
    say, manifest, code = head.language.say, head.manifest, head.language.code
    station = manifest.machines[receipt.header.signer or 0].station
    titles = [text_in(head.definition.contests[contest].title, code) for contest in manifest.styles[station]]
    codes = [short_code(tracker) for tracker in content.trackers]
    blocks: list[Block] = [Text(say("Your vote is recorded. Keep this paper if you want to check it later."))]
    if len(codes) == 1:
        blocks.append(Large(codes[0], titles[0]))
    else:
        blocks.append(Rows(tuple(zip(titles, codes, strict=True))))
    blocks += [
        Rows(((say("Check code of your slip"), check_code(content.check_code)),)),
        Text(say("After polling closes, this code is posted at the door and at the town hall.")),
        Text(say("It says nothing about what you chose: nobody can tell from it how you voted.")),
        CodeBlock(
            encode(receipt.raw), say("Receipt")
        ),  # one code for people is enough: that of the list at the door
    ]
    return head.machine_page(machine_of(receipt), say("Receipt"), blocks)


def slip_paper(head: Letterhead, station: Station, code: str, number: int) -> Document:
    """The check slip: the machine's answer, fixed before it knows whether it is checked.

    Args:
        head: Of the paper.
        station: Where the visit is.
        code: 16 characters in four groups.
        number: 1 for the first slip of the visit.
    """
    say = head.language.say
    blocks: list[Block] = [
        Large(code, say("Check code")),
        Text(say("Slip {number} of this visit. Nothing is recorded yet.", number=number)),
        Text(say("It says nothing about what you chose.")),
    ]
    return head.paper(say("Check slip"), blocks, station.name)


def challenge_paper(head: Letterhead, challenge: Statement) -> Document:
    """The sheet of a visit that was opened to check the machine."""
    content = Challenge.from_content(challenge.content, challenge.name)
    language, say = head.language, head.language.say
    rows = []
    for ballot in content.ballots:
        contest = head.definition.contests[ballot.contest]
        chosen = [
            chosen_words(item, language) for item in chosen_in(contest, ballot.selection, language.code)
        ]
        told = filter(None, (*chosen, spent_words(contest, ballot.selection, language)))
        rows.append((text_in(contest.title, language.code), "\n".join(told) or say("Blank")))
    blocks: list[Block] = [
        Notice(say("These choices are NOT counted. Keep this sheet together with the slip.")),
        Rows(tuple(rows)),
        Large(check_code(content.commitment), say("Check code that must be on the slip")),
        code_of(challenge, say("Opened ballot")),
    ]
    return head.machine_page(machine_of(challenge), say("The machine, checked"), blocks)


def card_paper(
    definition: Definition, draft: bytes, mode: Mode, machine: str, card: Card, language: Language
) -> Document:
    """An officer's card."""
    say = language.say
    groups = card.groups
    blocks: list[Block] = [
        Large("  ".join(groups[:4])),
        Large("  ".join(groups[4:])),
        CodeBlock(card.code, say("For the code reader")),
        Text(
            say(
                "The cards of two people together open the machine. Keep this one in its envelope; show it to "
                "nobody."
            )
        ),
    ]
    number = card.share.index
    title = say("Card {number} of machine {machine}", number=number, machine=machine)
    return paper(definition, mode, draft, language, title, blocks, sealed=False)
