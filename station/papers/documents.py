"""The papers of a station, as documents: receipt, check slip, opened sheet, officers' cards."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from keys.desk.cards import Card
from keys.desk.chosen import chosen_in, chosen_words
from keys.desk.language import Language
from keys.desk.spending import spent_words
from keys.election.challenge import Challenge
from keys.election.definition import Definition, Station, text_in
from keys.election.interruption import machine_of
from keys.election.manifest import Manifest
from keys.election.receipt import Receipt
from keys.election.statement import Mode, Statement
from keys.paper.document import (
    Block,
    CodeBlock,
    Document,
    Large,
    Notice,
    Rows,
    Text,
)
from keys.paper.frame import code_of, machine_line, paper
from keys.paper.groups import check_code, short_code

__all__ = ["card_paper", "challenge_paper", "receipt_paper", "slip_paper", "station_paper"]


def receipt_paper(manifest: Manifest, fingerprint: bytes, receipt: Statement, language: Language) -> Document:
    """The receipt of a visit: that a ballot is in, and never what it says."""
    content = Receipt.from_content(receipt.content, receipt.name)
    say, definition = language.say, manifest.definition
    station = manifest.machines[receipt.header.signer or 0].station
    titles = [
        text_in(definition.contests[contest].title, language.code) for contest in manifest.styles[station]
    ]
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
        code_of(receipt, say("Receipt")),
    ]
    return station_paper(manifest, fingerprint, receipt, language, say("Receipt"), blocks)


def slip_paper(
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    station: Station,
    code: str,
    number: int,
    language: Language,
) -> Document:
    """The check slip: the machine's answer, fixed before it knows whether it is checked."""
    say = language.say
    blocks: list[Block] = [
        Large(code, say("Check code")),
        Text(say("Slip {number} of this visit. Nothing is recorded yet.", number=number)),
        Text(say("It says nothing about what you chose.")),
    ]
    return paper(
        manifest.definition, mode, fingerprint, language, say("Check slip"), blocks, subtitle=station.name
    )


def challenge_paper(
    manifest: Manifest, fingerprint: bytes, challenge: Statement, language: Language
) -> Document:
    """The sheet of a visit that was opened to check the machine."""
    content = Challenge.from_content(challenge.content, challenge.name)
    say, definition = language.say, manifest.definition
    rows = []
    for ballot in content.ballots:
        contest = definition.contests[ballot.contest]
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
    return station_paper(manifest, fingerprint, challenge, language, say("The machine, checked"), blocks)


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


def station_paper(
    manifest: Manifest,
    fingerprint: bytes,
    statement: Statement,
    language: Language,
    title: str,
    blocks: Sequence[Block],
) -> Document:
    """A paper of a machine, on one page: its station stands below the title."""
    machine = manifest.machines[machine_of(statement)]
    subtitle = machine_line(manifest.definition, machine.name, language)
    made = paper(
        manifest.definition, statement.header.mode, fingerprint, language, title, blocks, subtitle=subtitle
    )
    return dataclasses.replace(made, one_page=True)
