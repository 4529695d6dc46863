"""Turns what the cryptographic core says into a finding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from keys.crypto.errors import CryptoError
from keys.findings import Refused

__all__ = ["refusing"]


@contextmanager
def refusing(code: str, subject: str) -> Iterator[None]:
    """Raise `Refused` with this code for any `CryptoError` inside."""
    try:
        yield
    except CryptoError as error:
        raise Refused(code, subject, str(error)) from None
