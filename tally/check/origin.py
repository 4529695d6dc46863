"""Where a statement comes from: this vote or another, the vote or its rehearsal, signed by whom it says."""

from __future__ import annotations

from keys.election.draft import open_draft
from keys.election.manifest import open_manifest
from keys.election.statement import SIGNERS, KeyFrom, Mode, Statement, StatementType
from keys.findings import Refused
from keys.paper.groups import fingerprint_text, short_code
from tally.check.evidence import Evidence
from tally.check.verdict import Denied, Page
from tally.check.words import signer_of, what

__all__ = ["check_origin", "machine_of"]


def check_origin(statement: Statement, evidence: Evidence, page: Page) -> None:
    """Check mode, vote and signature of a statement of this vote.

    Raises:
        Denied: T-714 the vote and its rehearsal are mixed, T-713 another vote, T-712 forged.
    """
    header, dossier, say = statement.header, evidence.dossier, page.language.say
    name = what(statement, page.language)
    key_from, _ = SIGNERS[header.type]
    if header.mode is not dossier.mode and header.type is not StatementType.DRAFT:
        if header.mode is Mode.REHEARSAL:
            sentence = say("{what}: it is from a rehearsal, whose votes do not count.", what=name)
        else:
            sentence = say(
                "{what}: it is from a real vote, and this public folder is that of a rehearsal.", what=name
            )
        raise Denied("T-714", statement.name, sentence)
    if key_from is KeyFrom.MANIFEST:
        _check_context(statement, evidence, page, name)
        try:
            statement.verify(dossier.key_of(statement))
        except Refused as refused:
            raise _forged(statement, evidence, page, name, refused) from None
        page.note(say("Signed by {signer}.", signer=signer_of(statement, evidence, page.language)))
    elif header.type is StatementType.MANIFEST:
        _check_manifest(statement, evidence, page, name)
    elif header.type is StatementType.DRAFT:
        _check_draft(statement, evidence, page, name)
    else:
        _check_path(statement, evidence, page, name)
    _note_vote(evidence, page)


def machine_of(statement: Statement) -> int:
    """The machine that signed, once `check_origin` has passed.

    Raises:
        Refused: V-207, it names none.
    """
    if statement.header.signer is None:
        raise Refused("V-207", statement.name)
    return statement.header.signer


def _check_context(statement: Statement, evidence: Evidence, page: Page, name: str) -> None:
    context, say = statement.header.context, page.language.say
    if context == evidence.dossier.fingerprint:
        return
    if context == evidence.dossier.manifest.replaces:
        sentence = say("{what}: it belongs to a sealed file that was replaced before the vote.", what=name)
    else:
        sentence = say("{what}: it belongs to another election.", what=name)
    detail = f"sealed file {short_code(context)}, here {short_code(evidence.dossier.fingerprint)}"
    raise Denied("T-713", statement.name, sentence, detail)


def _forged(statement: Statement, evidence: Evidence, page: Page, name: str, refused: Refused) -> Denied:
    sentence = page.language.say(
        "{what}: it was not signed by {signer}; it is forged, or was changed afterwards.",
        what=name,
        signer=signer_of(statement, evidence, page.language),
    )
    return Denied("T-712", statement.name, sentence, refused.finding.title)


def _check_manifest(statement: Statement, evidence: Evidence, page: Page, name: str) -> None:
    dossier = evidence.dossier
    if statement.header.context != dossier.draft_fingerprint:
        raise Denied(
            "T-713", statement.name, page.language.say("{what}: it belongs to another election.", what=name)
        )
    try:
        open_manifest(statement, dossier.mode, dossier.draft_fingerprint, dossier.manifest.authority_key)
    except Refused as refused:
        raise _forged(statement, evidence, page, name, refused) from None
    if statement.fingerprint != dossier.fingerprint:
        sentence = page.language.say("{what}: it is not the one that this vote was held under.", what=name)
        raise Denied("T-723", statement.name, sentence)


def _check_draft(statement: Statement, evidence: Evidence, page: Page, name: str) -> None:
    try:
        open_draft(statement)
    except Refused as refused:
        raise _forged(statement, evidence, page, name, refused) from None
    if statement.fingerprint != evidence.dossier.draft_fingerprint:
        raise Denied(
            "T-713", statement.name, page.language.say("{what}: it belongs to another election.", what=name)
        )


def _check_path(statement: Statement, evidence: Evidence, page: Page, name: str) -> None:
    """Papers that bring their own key: the manifest binds them, so that the published ones are the right ones."""
    if statement.header.context != evidence.dossier.draft_fingerprint:
        raise Denied(
            "T-713", statement.name, page.language.say("{what}: it belongs to another election.", what=name)
        )
    if evidence.published(statement) is None:
        sentence = page.language.say("{what}: it is not among the published files of this vote.", what=name)
        raise Denied("T-723", statement.name, sentence)


def _note_vote(evidence: Evidence, page: Page) -> None:
    say, dossier = page.language.say, evidence.dossier
    if dossier.mode is Mode.REHEARSAL:
        page.note(say("This is a rehearsal: its votes do not count."))
    elif dossier.manifest.definition.demonstration:
        page.note(say("This is a demonstration, not a real vote."))
    groups = fingerprint_text(dossier.fingerprint)
    if evidence.origin_checked:
        page.note(say("The public folder is that of the fingerprint you gave."))
    else:
        page.note(say("Compare the fingerprint of the sealed file with the poster: {groups}", groups=groups))
