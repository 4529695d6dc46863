"""The one error of the cryptographic core."""

from __future__ import annotations

__all__ = ["CryptoError"]


class CryptoError(ValueError):
    """A value is malformed or a proof does not hold.

    Attributes:
        step: Short name of the check that failed (for example ``"individual proof"``).
    """

    def __init__(self, step: str, detail: str = "") -> None:
        super().__init__(f"{step}: {detail}" if detail else step)
        self.step = step
        self.detail = detail
