"""What a shuffle's proof consists of, and its JSON form (section 4.19)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Scalar, scalar_from_json

__all__ = ["Shuffle", "ShuffleProof"]

MAX_SHUFFLE_BYTES = 1 << 28
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ShuffleProof:
    """The names are those of the specification's section 6; lists have one entry a ciphertext."""

    t: tuple[Point, Point, Point, Point, Point]
    """t1, t2, t3, t41, t42."""
    t_hat: tuple[Point, ...]
    s: tuple[Scalar, Scalar, Scalar, Scalar]
    s_hat: tuple[Scalar, ...]
    s_prime: tuple[Scalar, ...]
    c: tuple[Point, ...]
    """Commitments to the permutation."""
    c_hat: tuple[Point, ...]
    """Chain of commitments."""

    def to_json(self) -> str:
        """Write the compact JSON array of four arrays."""
        t1, t2, t3, t41, t42 = (f'"{point.hex()}"' for point in self.t)
        s = ",".join(f'"{number}"' for number in self.s)
        return (
            f"[[{t1},{t2},{t3},[{t41},{t42}],{_points(self.t_hat)}],"
            f"[{s},{_scalars(self.s_hat)},{_scalars(self.s_prime)}],{_points(self.c)},{_points(self.c_hat)}]"
        )

    @classmethod
    def from_json(cls, value: Any) -> ShuffleProof:
        """Read a decoded JSON array; a wrong number of things raises `ValueError` or `TypeError`."""
        (t1, t2, t3, (t41, t42), t_hat), (s1, s2, s3, s4, s_hat, s_prime), c, c_hat = value
        point, scalar = Point.unchecked_hex, scalar_from_json
        return cls(
            t=(point(t1), point(t2), point(t3), point(t41), point(t42)),
            t_hat=_each(point, t_hat),
            s=(scalar(s1), scalar(s2), scalar(s3), scalar(s4)),
            s_hat=_each(scalar, s_hat),
            s_prime=_each(scalar, s_prime),
            c=_each(point, c),
            c_hat=_each(point, c_hat),
        )


def _each(read: Callable[[object], _T], values: Sequence[object]) -> tuple[_T, ...]:
    return tuple(read(value) for value in values)


def _points(points: Sequence[Point]) -> str:
    return "[" + ",".join(f'"{point.hex()}"' for point in points) + "]"


def _scalars(numbers: Sequence[Scalar]) -> str:
    return "[" + ",".join(f'"{number}"' for number in numbers) + "]"


@dataclass(frozen=True, slots=True)
class Shuffle:
    """Shuffled ciphertexts of one question, with the proof that they are a permutation of those before."""

    ciphertexts: tuple[Ciphertext, ...]
    proof: ShuffleProof

    def to_json(self) -> bytes:
        """Write the `shuffle` of an archive, of one question."""
        items = ",".join(item.to_json() for item in self.ciphertexts)
        return f'{{"ciphertexts":[[{items}]],"proofs":[{self.proof.to_json()}]}}'.encode()

    @classmethod
    def parse(cls, data: bytes) -> Shuffle:
        """Read the `shuffle` of one question; membership of the points is checked by `verify_shuffle`.

        Raises:
            CryptoError: Step ``"shuffle"``, ``"point"`` or ``"scalar"``.
        """
        if len(data) > MAX_SHUFFLE_BYTES:
            raise CryptoError("shuffle", f"longer than {MAX_SHUFFLE_BYTES} bytes")
        try:
            value = json.loads(data.decode("ascii"))
            (rows,), (proof,) = value["ciphertexts"], value["proofs"]
            items = tuple(
                Ciphertext(Point.unchecked_hex(row["alpha"]), Point.unchecked_hex(row["beta"]))
                for row in rows
            )
            shuffle = cls(items, ShuffleProof.from_json(proof))
        except CryptoError:
            raise
        except (ValueError, TypeError, KeyError, RecursionError):
            raise CryptoError("shuffle", "not the JSON of one question") from None
        if shuffle.to_json() != data:
            raise CryptoError("shuffle", "not written in the canonical form")
        return shuffle
