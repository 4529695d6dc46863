"""Steps on the archives: each is gone through once, and what it shows is parted into the steps of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from keys.crypto.proofs import Proof
from keys.crypto.trustees import PartialDecryption, Pedersen, Trustees, verify_partial
from keys.election.agreement import check_archive, check_boxes
from keys.election.dossier import Dossier
from keys.election.events import Stage
from keys.election.layout import REQUEST, SHUFFLES
from keys.election.opening import ContestDecryption, second_proofs
from keys.election.shuffles import check_signed_shuffles, signed_shuffles
from keys.election.verification import Polled, Verified, verify_ballots, verify_opening
from keys.election.verification.refusing import refusing
from keys.findings import Refused
from tally.verify.case import Archive, Case, Several, Unchecked, each, need

__all__ = [
    "FORM",
    "OPENED",
    "OWNERS",
    "PROOFS",
    "SUM",
    "TOTALS",
    "agreed",
    "archives",
    "check_archives",
    "check_codes",
    "check_machine_boxes",
    "check_setups",
    "check_shuffles",
    "check_signed_parts",
    "check_styles",
    "check_threshold",
    "polled",
    "verified",
]

FORM = frozenset({"V-301", "V-302", "V-303", "V-304", "V-305", "V-306", "V-307"})
SETUP = frozenset({"V-310", "V-311", "V-312", "V-313"})
PROOFS = frozenset({"V-320", "V-321"})
OWNERS = frozenset({"V-322", "V-323", "V-324"})
SUM = frozenset({"V-330", "V-331"})
SHUFFLED = frozenset({"V-332", "V-333", "V-334"})
OPENED = frozenset({"V-501", "V-502", "V-503"})
TOTALS = frozenset({"V-504", "V-505"})
_LATER = SUM | SHUFFLED | OPENED | TOTALS
"""What is looked at once the ballots hold."""


def archives(case: Case) -> Mapping[int, Archive]:
    """All archives, gone through once.

    Raises:
        Unchecked: The manifest does not hold, so nobody knows which archives there are.
        Unreadable: An archive or a worker process failed.
    """
    if case.archives is None:
        paths = case.contest_files("archives", ".bel")
        case.archives = {at: _gather(case, at, path) for at, path in paths}
    return case.archives


def polled(case: Case, contest: int) -> Polled:
    """An archive whose ballots hold.

    Raises:
        Unchecked: They do not.
    """
    return need(archives(case)[contest].polled)


def verified(case: Case, contest: int) -> Verified:
    """An archive that holds as a whole.

    Raises:
        Unchecked: It does not.
    """
    return need(archives(case)[contest].verified)


def agreed(case: Case, contest: int) -> Polled:
    """An archive whose ballots hold and whose setup is that of the papers.

    Raises:
        Unchecked: It is not.
    """
    archive = polled(case, contest)
    if contest not in case.agreed:
        raise Unchecked
    return archive


def _gather(case: Case, contest: int, path: str) -> Archive:
    found = Archive()
    if path not in case.folder.stored:
        return found
    name = need(case.manifest).definition.contests[contest].id
    tell = None if case.progress is None else partial(case.progress, name)
    try:
        with case.folder.open(path) as stream:
            found.polled = verify_ballots(
                stream, f"contest {name}", expected=Stage.COMPLETE, workers=case.workers, progress=tell
            )
        found.verified = verify_opening(found.polled, _second_proofs(case, contest))
    except Refused as refused:
        found.refused = refused
    return found


def _second_proofs(case: Case, contest: int) -> dict[int, tuple[Proof, ...]] | None:
    if case.decryptions is None:
        return None
    return {
        trustee + 1: second_proofs(decryption.contests[contest], f"decryption of trustee {trustee + 1}")
        for trustee, decryption in case.decryptions.items()
    }


def check_archives(case: Case) -> None:
    """There is one archive a contest, each in its only form, with events in their order."""
    case.check_no_others("archives", ".bel")
    check_codes(FORM)(case)


def check_codes(codes: frozenset[str]) -> Callable[[Case], None]:
    """The step that owns some findings of the archives."""

    def check(case: Case) -> None:
        findings = [item.refused for item in archives(case).values() if item.refused is not None]
        own = [refused for refused in findings if refused.code in codes]
        if own:
            raise Several(own)
        each(archives(case).values(), lambda item: _reached(item, codes))

    return check


def _reached(item: Archive, codes: frozenset[str]) -> None:
    if codes & _LATER:
        need(item.verified)
    else:
        need(item.polled)


def check_setups(case: Case) -> None:
    """Question, trustees and credentials of each archive are those of manifest and enrolments."""
    check_codes(SETUP)(case)
    sealed = need(case.sealed)

    def check(at: int) -> None:
        check_archive(sealed, at, polled(case, at))
        case.agreed.add(at)

    each(archives(case), check)


def check_machine_boxes(case: Case) -> None:
    """Machine by machine, the archives hold exactly the ballots of the closing reports."""
    dossier = case.dossier
    check_boxes(dossier, {at: agreed(case, at).cast for at in archives(case)})


def check_styles(case: Case) -> None:
    """Each machine has the same number of ballots in all contests of its style."""
    sealed = need(case.sealed)
    by_contest = {at: _by_machine(sealed, at, agreed(case, at)) for at in archives(case)}

    def check(machine: int) -> None:
        entry = sealed.manifest.machines[machine]
        numbers = {by_contest[at][machine] for at in sealed.manifest.styles[entry.station]}
        if len(numbers) > 1:
            found = " and ".join(map(str, sorted(numbers)))
            raise Refused("V-604", f"machine {entry.name}", f"ballots: {found}")

    each(range(len(sealed.manifest.machines)), check)


def _by_machine(sealed: Dossier, contest: int, archive: Polled) -> Counter[int]:
    owners = {
        point: machine
        for machine in sealed.machines_of(contest)
        for point in sealed.credentials_of(machine, contest)
    }
    return Counter(owners[cast.credential.raw] for cast in archive.cast)


def check_shuffles(case: Case) -> None:
    """Each shuffle is proved, and signed by its trustee; every trustee who decrypts ballots has shuffled them."""
    check_codes(SHUFFLED)(case)
    paths = [path for path in case.folder.names("decryptions") if path.startswith(SHUFFLES)]
    statements = {path: case.statement(path) for path in paths}
    signed = signed_shuffles(need(case.sealed), statements, case.statement(REQUEST).fingerprint)

    def check(at: int) -> None:
        check_signed_shuffles(signed, at, verified(case, at).shuffles, polled(case, at).subject)

    each(archives(case), check)


def check_threshold(case: Case) -> None:
    """As many trustees as the definition says are needed to open, and as many took part."""
    manifest = need(case.sealed).manifest
    entries = Trustees.parse(manifest.trustees_json).entries
    least = sum(entry.threshold if isinstance(entry, Pedersen) else 1 for entry in entries)
    needed = manifest.definition.threshold
    if manifest.rehearsal_secret is None and least < needed:
        raise Refused("V-506", "trustees", f"enough: {least}; the definition says {needed}")
    answered = len(need(case.decryptions))
    if answered < least:
        raise Refused("V-504", "trustees", f"decryptions {answered}, needed {least}")


def check_signed_parts(case: Case) -> None:
    """What the archives hold of each trustee is what the trustee signed; what is not used holds as well."""
    decryptions = need(case.decryptions)

    def check(at: int) -> None:
        archive = verified(case, at)
        subject = polled(case, at).subject
        for owner, decryption in archive.decryptions.items():
            signed = decryptions.get(owner - 1)
            if signed is None or signed.contests[at].partial != decryption.to_json():
                raise Refused("V-607", f"{subject}, trustee {owner}")
            if signed.contests[at].head.hex() != polled(case, at).opened_head:
                raise Refused("V-407", f"{subject}, trustee {owner}", "it opens other shuffles")
        for trustee, signed in decryptions.items():
            if trustee + 1 not in archive.decryptions:
                _check_unused(archive, trustee, signed.contests[at], f"{subject}, trustee {trustee + 1}")

    each(archives(case), check)


def _check_unused(archive: Verified, trustee: int, part: ContestDecryption, subject: str) -> None:
    keys = archive.contest.trustees.public_keys
    if trustee >= len(keys):
        raise Unchecked
    with refusing("V-503", subject):
        opened = PartialDecryption.parse(part.partial, second_proofs(part, subject))
        verify_partial(keys[trustee], need(archive.shuffled), archive.contest.fingerprint, opened)
