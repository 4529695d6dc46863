"""The errors of the cryptographic core: one, and its kind for messages between trustees."""

from __future__ import annotations

__all__ = ["BadMessage", "CryptoError"]


class CryptoError(ValueError):
    """A value is malformed or a proof does not hold.

    Attributes:
        step: Short name of the check that failed (for example ``"individual proof"``).
    """

    def __init__(self, step: str, detail: str = "") -> None:
        super().__init__(f"{step}: {detail}" if detail else step)
        self.step = step
        self.detail = detail


class BadMessage(CryptoError):
    """A trustee's message in a key ceremony is not to be used.

    Attributes:
        trustee: Index of whose message it is, from 1.
    """

    def __init__(self, trustee: int, step: str, detail: str = "") -> None:
        super().__init__(step, f"trustee {trustee}" + (f": {detail}" if detail else ""))
        self.trustee = trustee
