"""Steps on the papers: files, statements, manifest, publication, enrolments, reports, decisions, confirmations."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.decided import check_decision
from keys.election.dossier import read_dossier
from keys.election.draft import open_draft
from keys.election.manifest import open_manifest
from keys.election.result import Publication
from keys.election.statement import Role, Statement, StatementType, read_statement
from keys.election.twins import check_folder_mode
from keys.findings import Refused
from tally.verify.case import Case, Several, Unchecked, each, need
from tally.verify.published import PUBLICATION, StoredFile

__all__ = [
    "check_confirmations",
    "check_decisions",
    "check_files",
    "check_manifest",
    "check_origin",
    "check_publication",
    "check_reports",
    "check_sealing",
    "check_statements",
]

_TYPES: Mapping[str, frozenset[StatementType]] = {
    "draft.cose": frozenset({StatementType.DRAFT}),
    "manifest.cose": frozenset({StatementType.MANIFEST}),
    PUBLICATION: frozenset({StatementType.PUBLICATION}),
    "enrolments": frozenset({StatementType.ENROLMENT}),
    "trustees": frozenset({StatementType.TRUSTEE, StatementType.BOARD_MEMBER, StatementType.CEREMONY}),
    "confirmations": frozenset({StatementType.CONFIRMATION}),
    "reports": frozenset(
        {
            StatementType.ZERO_REPORT,
            StatementType.PAUSE_REPORT,
            StatementType.REOPENING_REPORT,
            StatementType.CLOSING_REPORT,
            StatementType.INTERRUPTED,
        }
    ),
    "decisions": frozenset({StatementType.DECISION}),
    "paper": frozenset({StatementType.PAPER_COUNT}),
    "challenges": frozenset({StatementType.CHALLENGE}),
    "decryptions": frozenset({StatementType.REQUEST, StatementType.SHUFFLE, StatementType.DECRYPTION}),
    "results": frozenset({StatementType.RESULT}),
}
"""Which statements belong where: by path of a file, or by sub-folder."""


def check_files(case: Case) -> None:
    """Nothing strange lies in the folder."""
    if case.folder.strays:
        raise Several(case.folder.strays)


def check_statements(case: Case) -> None:
    """Every statement is in its only form and lies where its type belongs."""
    findings = []
    for path, data in sorted(case.folder.files.items()):
        if not path.endswith(".cose"):
            continue
        try:
            statement = read_statement(data)
            _check_place(path, statement)
        except Refused as refused:
            case.broken.add(path)
            findings.append(Refused(refused.code, path, refused.detail))
        else:
            case.statements[path] = statement
    if findings:
        raise Several(findings)


def _check_place(path: str, statement: Statement) -> None:
    allowed = _TYPES.get(path.split("/", maxsplit=1)[0], frozenset())
    if statement.header.type not in allowed:
        kind = statement.header.type.name.lower().replace("_", " ")
        raise Refused("V-103", path, f"a {kind} does not belong there")


def check_manifest(case: Case) -> None:
    """Draft and manifest are signed by one authority and fit each other."""
    draft = case.statement("draft.cose")
    check_folder_mode((item.header for item in case.statements.values()), case.mode)
    authority = open_draft(draft).authority_key
    manifest = open_manifest(case.statement("manifest.cose"), case.mode, draft.fingerprint, authority)
    if manifest.authority_key != authority:
        raise Refused("V-201", "manifest", "the authority's key as in the draft")
    case.manifest = manifest


def check_origin(case: Case) -> None:
    """The manifest is the one whose fingerprint came from outside."""
    found = case.statement("manifest.cose").fingerprint
    if case.fingerprint is None:
        raise Unchecked
    if found != case.fingerprint:
        raise Refused("V-602", "manifest")
    case.origin_checked = True


def check_publication(case: Case) -> None:
    """The authority signed this publication, and every file is as it says."""
    statement = case.statement(PUBLICATION)
    content = Publication.from_content(statement.content, "publication")
    _check_digests(case, content)
    manifest = need(case.manifest)
    context = case.statement("manifest.cose").fingerprint
    statement.expect(StatementType.PUBLICATION, case.mode, context, Role.AUTHORITY)
    if statement.header.signer is not None:
        raise Refused("V-207", statement.name)
    statement.verify(manifest.authority_key)


def _check_digests(case: Case, publication: Publication) -> None:
    listed = {item.path: StoredFile(item.size, item.digest) for item in publication.files}
    paths = [item.path for item in publication.files]
    if paths != sorted(set(paths)):
        raise Refused("V-104", "publication", "its files are not in rising order of their paths")
    found = {path: stored for path, stored in case.folder.stored.items() if path != PUBLICATION}
    findings = []
    for path in sorted(listed.keys() | found.keys()):
        if path not in found:
            findings.append(Refused("V-603", path, "it is missing"))
        elif path not in listed:
            findings.append(Refused("V-603", path, "it was not published"))
        elif listed[path] != found[path]:
            findings.append(Refused("V-603", path, "its content differs"))
    if findings:
        raise Several(findings)


def check_sealing(case: Case) -> None:
    """The manifest follows from what machines, trustees and board handed in."""
    need(case.manifest)
    case.sealed = read_dossier(case.sources("enrolments", "trustees"), case.mode)


def check_reports(case: Case) -> None:
    """The reports of each machine are signed by it and follow each other."""
    need(case.sealed)
    case.reported = read_dossier(case.sources("enrolments", "trustees", "reports"), case.mode)


def check_decisions(case: Case) -> None:
    """Decisions are signed by those who may decide, and are about something of this vote."""
    manifest = need(case.sealed).manifest
    decided = read_dossier(case.sources("enrolments", "trustees", "decisions", "paper"), case.mode)
    each(
        decided.decisions,
        lambda item: check_decision(manifest, item.decision, f"decision {item.fingerprint.hex()[:16]}"),
    )
    case.decided = decided


def check_confirmations(case: Case) -> None:
    """Every trustee, and every machine that is not left out, confirmed this manifest.

    The one trustee of a rehearsal confirms nothing: its key is published.
    """
    need(case.sealed)
    dossier = read_dossier(case.sources("enrolments", "trustees", "confirmations"), case.mode)
    manifest = dossier.manifest
    findings = []
    if manifest.rehearsal_secret is None:
        findings += [
            Refused("V-210", f"trustee {trustee.name}")
            for at, trustee in enumerate(manifest.trustees)
            if at not in dossier.confirmed_trustees
        ]
    missing = [at for at in range(len(manifest.machines)) if at not in dossier.confirmed_machines]
    if missing:
        excluded = need(case.decided).excluded()
        findings += [
            Refused("V-210", f"machine {manifest.machines[at].name}") for at in missing if at not in excluded
        ]
    if findings:
        raise Several(findings)
