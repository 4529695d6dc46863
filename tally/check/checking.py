"""Checking what was handed in, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keys.desk.language import Language
from keys.election.statement import Statement, StatementType
from keys.findings import Refused
from keys.paper.groups import check_code, short_code
from tally.check.challenge import check_challenge
from tally.check.evidence import Evidence
from tally.check.lookup import look_up_check, look_up_fingerprint, look_up_short
from tally.check.origin import check_origin
from tally.check.papers import check_decision, check_destruction, check_other, check_publication, check_report
from tally.check.reading import FOREIGN, STRANGE, UNREAD, Item, Typed, TypedKind
from tally.check.receipt import check_receipt
from tally.check.results import check_result
from tally.check.verdict import Denied, Page, State, Verdict, judged
from tally.check.words import claims, kind_of, signer_of, what

__all__ = ["check_items"]

_Check = Callable[[Statement, Evidence, Page], str]
_T = StatementType
_CHECKS: dict[StatementType, _Check] = {
    _T.RECEIPT: check_receipt,
    _T.RESULT: check_result,
    _T.DECISION: check_decision,
    _T.PUBLICATION: check_publication,
    **dict.fromkeys((_T.DESTRUCTION_ORDER, _T.DESTRUCTION_REPORT), check_destruction),
    **dict.fromkeys((_T.ZERO_REPORT, _T.PAUSE_REPORT, _T.REOPENING_REPORT, _T.CLOSING_REPORT), check_report),
}


def check_items(
    items: Sequence[Item], evidence: Evidence | None, language: Language, slip: bytes | None = None
) -> list[Verdict]:
    """Check everything that was handed in.

    Args:
        items: As read.
        evidence: A public folder, or None to say only what each claims.
        language: Of the answer.
        slip: Check code, 10 bytes, of the slip that belongs to an opened ballot.
    """
    return [_check(item, evidence, language, slip) for item in items]


def _check(item: Item, evidence: Evidence | None, language: Language, slip: bytes | None) -> Verdict:
    page, thing = Page(language), item.what
    if isinstance(thing, Refused):
        sentence = _unreadable(thing, language)
        return Verdict(State.REFUSED, "unreadable", sentence, (), (thing,), item.source)
    if isinstance(thing, Typed):
        return _typed(thing, evidence, page, item.source)
    if evidence is None:
        return _alone(thing, page, item.source)
    return judged(kind_of(thing), page, lambda: _statement(thing, evidence, page, slip), item.source)


def _statement(statement: Statement, evidence: Evidence, page: Page, slip: bytes | None) -> str:
    check_origin(statement, evidence, page)
    try:
        said = claims(statement, evidence, page.language)
    except Refused as refused:
        sentence = page.language.say(
            "{what}: it is signed, but what it says makes no sense.", what=what(statement, page.language)
        )
        raise Denied("T-719", statement.name, sentence, refused.detail) from None
    page.reasons[:0] = said
    page.data["code"] = short_code(statement.fingerprint)
    if statement.header.type is _T.CHALLENGE:
        return check_challenge(statement, evidence, page, slip)
    return _CHECKS.get(statement.header.type, check_other)(statement, evidence, page)


def _alone(statement: Statement, page: Page, source: str) -> Verdict:
    """Say what a statement claims where there is nothing to check it against."""
    say, name = page.language.say, what(statement, page.language)
    signer = signer_of(statement, None, page.language)
    try:
        for line in claims(statement, None, page.language):
            page.note(line)
    except Refused as refused:
        sentence = say("{what}: what it says makes no sense.", what=name)
        finding = Refused("T-719", statement.name, refused.detail)
        return Verdict(State.REFUSED, kind_of(statement), sentence, (), (finding,), source)
    if statement.header.mode.name == "REHEARSAL":
        page.note(say("It says that it is from a rehearsal, whose votes do not count."))
    page.note(say("Sealed file that it names: {code}", code=short_code(statement.header.context)))
    page.note(say("Its own code: {code}", code=short_code(statement.fingerprint)))
    sentence = say(
        "{what}: read but NOT checked; the signature of {signer} cannot be checked without the public folder "
        "(--against).",
        what=name,
        signer=signer,
    )
    return Verdict(State.UNCHECKED, kind_of(statement), sentence, tuple(page.reasons), (), source)


def _typed(typed: Typed, evidence: Evidence | None, page: Page, source: str) -> Verdict:
    if evidence is None:
        sentence = page.language.say(
            "A code for people can only be looked up in a public folder: add --against FOLDER."
        )
        return Verdict(State.UNCHECKED, typed.kind.value, sentence, (), (), source, _value(typed))
    look_up: Callable[[bytes, Evidence, Page], str] = {
        TypedKind.SHORT: look_up_short,
        TypedKind.CHECK: look_up_check,
        TypedKind.FINGERPRINT: look_up_fingerprint,
    }[typed.kind]
    page.data.update(_value(typed))
    return judged(typed.kind.value, page, lambda: look_up(typed.value, evidence, page), source)


def _value(typed: Typed) -> dict[str, str]:
    show = {TypedKind.SHORT: short_code, TypedKind.CHECK: check_code}.get(typed.kind)
    return {"code": show(typed.value)} if show else {}


def _unreadable(refused: Refused, language: Language) -> str:
    """The sentence for what could not be read, by its finding."""
    say, code = language.say, refused.code
    if code == "V-115":
        return say("The code is not complete: {detail}.", detail=_missing(refused.detail, language))
    if refused.detail == FOREIGN:
        return say("The square code in this picture is not one of ours: photograph the one on the paper.")
    if refused.detail == STRANGE:
        return say(
            "This file is of a kind that cannot be read here: save it as JPEG, PNG or PDF, or photograph the "
            "paper again."
        )
    if code in {"V-110", "T-711"}:
        return say(
            "This is not one of our codes: type or scan it again, from its first character to its last."
        )
    if refused.detail == UNREAD:
        return say(
            "Another square code in this picture is blurred or damaged, and nothing is known of it: photograph it "
            "alone."
        )
    if code == "T-704" and refused.detail:
        return say(
            "There is a square code in this picture, but it is blurred or damaged: photograph it again, flat and "
            "sharp, or type the short code beside it."
        )
    if code == "T-704":
        return say("No square code can be read in this picture: photograph it again, flat, sharp and whole.")
    if code in {"T-701", "T-702", "T-703", "T-706"}:
        return say(
            "This file is too large, or takes too long to read; it was not read to the end. "
            "Photograph the code on the paper instead."
        )
    if code.startswith("T-7"):
        return say("This file cannot be read: it must be a PNG, a JPEG, a PDF, a text or a .cose file.")
    if code == "V-113":
        return say("This code was made by a newer program than this one.")
    return say("The code is damaged: a digit is missing, wrong or too many, or somebody changed it.")


def _missing(detail: str, language: Language) -> str:
    """``part 2 of 3 is missing``, as `keys.paper.codes` says it, in the reader's language."""
    words = detail.removeprefix("part ").removesuffix(" is missing").rsplit(" of ", 1)
    if len(words) == 2:
        return language.say("part {parts} of {total} is missing", parts=words[0], total=words[1])
    return detail
