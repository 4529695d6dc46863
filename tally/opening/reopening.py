"""Opening again with a late box: what was asked and answered before stays, what followed from it is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.dossier import Dossier
from keys.election.layout import EARLIER, REQUEST
from keys.election.opening import Decryption, Request, read_request
from keys.election.reopening import Opening, check_again, check_stated, requested
from keys.findings import Refused
from tally.workspace import Workspace

__all__ = ["check_answered", "check_reopening", "earlier_requests", "take_back"]


def earlier_requests(dossier: Dossier) -> list[Request]:
    """All requests that are in the folder, the first first."""
    found = sorted(
        (int(path.removeprefix(EARLIER).removesuffix(".cose")), path)
        for path in dossier.others
        if path.startswith(EARLIER) and path.removeprefix(EARLIER).removesuffix(".cose").isdigit()
    )
    paths = [path for _, path in found] + [REQUEST] * (REQUEST in dossier.others)
    return [read_request(dossier, dossier.others[path]) for path in paths]


def check_reopening(dossier: Dossier, request: Request) -> None:
    """Check that what was opened before may be opened again with these ballots.

    Raises:
        Refused: V-624.
    """
    for item in request.contests:
        earlier = [
            Opening.of(other)
            for old in earlier_requests(dossier)
            for other in old.contests
            if other.contest == item.contest
        ]
        reason = check_again(dossier, item.contest, earlier, Opening.of(item))
        if reason is not None:
            identifier = dossier.manifest.definition.contests[item.contest].id
            raise Refused("V-624", f"contest {identifier}", reason)


def check_answered(dossier: Dossier, decryptions: Mapping[int, Decryption]) -> None:
    """Check that what trustees opened before is what this folder holds of earlier requests.

    Raises:
        Refused: V-626.
    """
    *before, _ = earlier_requests(dossier)
    published = requested(before)
    for trustee, answer in decryptions.items():
        check_stated(answer, f"trustee {trustee + 1}", published, frozenset())


def take_back(workspace: Workspace, number: int) -> None:
    """Give the last request and its answers other names, and remove the results that rested on it."""
    folder = workspace.root / "decryptions"
    for path in sorted([*folder.glob("trustee-*.cose"), *folder.glob("shuffle-*.cose")]):
        path.replace(folder / f"request-{number}-{path.name}")
    if workspace.is_requested:
        (workspace.root / REQUEST).replace(folder / f"request-{number}.cose")
    for path in (workspace.root / "results").glob("*.cose"):
        path.unlink()
    (workspace.root / "minutes.pdf").unlink(missing_ok=True)
