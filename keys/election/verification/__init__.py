"""Verification of one archive, standing on nothing but its bytes (Belenios specification 3.0, section 3.5).

1. The tape has its only form, every record its digest; chain and order of the events hold (V-301 to V-306).
2. The archive has come as far as expected (V-307).
3. The election is one question in canonical form (V-310).
4. The trustees' proofs hold and their joint key is the election's key (V-311, V-312).
5. The credentials are distinct points of the group, sorted, without weights (V-313).
6. Every ballot is canonical to the last byte, of this election; its proofs and signature hold (V-320, V-321).
7. Every ballot has a credential of the list, no two the same, and ballots stand in the order of their
   trackers (V-322 to V-324).
8. The encrypted tally is the sum of the ballots, or all of them where they are opened whole, and its counts are
   theirs (V-330, V-331).
9. Ballots that are opened whole are shuffled, once by every trustee who decrypts, each shuffle proved; others are
   not (V-332 to V-334).
10. Every decryption has an owner of its own and its proofs hold (V-501 to V-503).
11. The decryptions are enough, and the result is what they give (V-504, V-505).

Deliberate differences from `belenios-tool` 3.0, which accepts all of these and we never: another order of
events, a tally that is not the sum, a second ballot of a credential, weights, the identity in a ballot,
another spelling inside the answers, several questions. Three things are accepted with `foreign`: ballots in the
order in which they came, credentials in any order, a trustee who decrypts without having shuffled.
"""

from keys.election.verification.ballots import BallotCheck, Cast
from keys.election.verification.contest import Contest, read_contest
from keys.election.verification.shuffled import Sheets, open_sheets, sheets_of
from keys.election.verification.whole import (
    Polled,
    Verified,
    verify_archive,
    verify_ballots,
    verify_opening,
)

__all__ = [
    "BallotCheck",
    "Cast",
    "Contest",
    "Polled",
    "Sheets",
    "Verified",
    "open_sheets",
    "read_contest",
    "sheets_of",
    "verify_archive",
    "verify_ballots",
    "verify_opening",
]
