"""The step on challenges: ballots that were opened to check a machine are made again, and none of them was cast."""

from __future__ import annotations

from keys.election.challenge import opened_hashes
from keys.findings import Refused
from tally.verify.archives import archives, polled
from tally.verify.case import Case, each, need

__all__ = ["check_challenges"]


def check_challenges(case: Case) -> None:
    """Every challenge in the folder holds, and no ballot of one is in an archive."""
    sealed = need(case.sealed)
    paths = case.folder.names("challenges")
    if not paths:
        return
    hashes = {path: opened_hashes(sealed, case.statement(path)) for path in paths if path not in case.broken}
    cast = {at: {ballot.unsigned_hash for ballot in polled(case, at).cast} for at in archives(case)}

    def check(path: str) -> None:
        case.statement(path)
        for contest, unsigned in hashes[path].items():
            if unsigned in cast[contest]:
                raise Refused("V-608", path, f"contest {sealed.manifest.definition.contests[contest].id}")

    each(paths, check)
