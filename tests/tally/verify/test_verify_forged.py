"""Publications that do not fit, and manifests that no sealing would let pass; all other lies are in `tests/lies`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.election.result import Publication
from keys.election.statement import Mode, read_statement, sign_statement
from keys.findings import Refused
from tally.verify import Status, verify_folder
from tally.verify.archives import check_threshold
from tally.verify.case import Case, Several, need
from tally.verify.counting import check_forms
from tally.verify.published import read_folder
from tally.verify.steps import STEPS
from tests.simulator import lies
from tests.simulator.forgery import Forgery

pytestmark = pytest.mark.usefixtures("known_bytes_once")


def failed(forgery: Forgery) -> dict[str, str]:
    """Steps that failed, with their first code."""
    report = verify_folder(forgery.root, fingerprint=forgery.vote.fingerprint)
    assert not report.accepted
    return {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}


def test_a_publication_by_somebody_else_is_refused(forgery: Forgery) -> None:
    old = read_statement(forgery.read("publication.cose"))
    forgery.write("publication.cose", sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))
    assert failed(forgery) == {"publication": "V-102"}


def test_a_publication_of_another_vote_is_refused(forgery: Forgery) -> None:
    old = read_statement(forgery.read("publication.cose"))
    header = replace(old.header, context=bytes(32))
    forgery.write("publication.cose", sign_statement(header, old.content, forgery.vote.authority.signing))
    assert failed(forgery) == {"publication": "V-103"}


@pytest.mark.parametrize("change", ["reversed", "twice"])
def test_a_publication_has_one_order(forgery: Forgery, change: str) -> None:
    old = forgery.record("publication.cose", Publication)
    files = old.files[::-1] if change == "reversed" else (*old.files, old.files[-1])
    forgery.sign("publication.cose", replace(old, files=files))
    assert failed(forgery) == {"publication": "V-104"}


def case_of(forgery: Forgery, **definition: object) -> Case:
    """A case whose manifest says something that no sealing would let pass."""
    case = Case(read_folder(forgery.root), Mode.OFFICIAL, None)
    for row in STEPS:
        if row.name == "archives":
            break
        if row.name != "origin":
            row.check(case)
    sealed = need(case.sealed)
    changed: Any = definition
    case.manifest = replace(sealed.manifest, definition=replace(sealed.manifest.definition, **changed))
    case.sealed = replace(sealed, manifest=case.manifest)
    return case


def test_keys_that_fewer_trustees_could_open_are_refused(forgery: Forgery) -> None:
    check_threshold(case_of(forgery))
    with pytest.raises(Refused) as refused:
        check_threshold(case_of(forgery, threshold=3))
    assert refused.value.code == "V-506"


def test_ballots_of_a_form_that_is_not_verified_are_refused(forgery: Forgery) -> None:
    contests = case_of(forgery).dossier.manifest.definition.contests
    check_forms(case_of(forgery))
    with pytest.raises(Several) as several:
        check_forms(case_of(forgery, contests=(replace(contests[0], form="pebbles"), *contests[1:])))
    assert [finding.code for finding in several.value.findings] == ["V-616"]


def test_minutes_in_other_words_hold_by_their_codes_and_their_digest(forgery: Forgery) -> None:
    lies.minutes_written_anew(forgery)
    forgery.publish()
    assert verify_folder(forgery.root, fingerprint=forgery.vote.fingerprint).accepted
    lies.minutes_of_other_tables(forgery)
    forgery.publish()
    assert failed(forgery) == {"minutes": "V-614"}
