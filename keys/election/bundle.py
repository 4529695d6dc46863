"""How the ranks, grades or approvals of a whole ballot are packed into its values of 8 bits (plan, section 5).

Each option has the same number of bits (approvals 1, grades 3, ranks 6), one option after the other, high bits first;
zero bits fill the last value. All zero is blank. At most 30 values, so 240 approvals, 80 grades or 40 ranks.
The packing is named in the answers of the contest's Belenios question, so that the archive explains itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from keys.crypto.encoding import MAX_VALUES
from keys.crypto.errors import CryptoError

__all__ = ["bundle", "bundle_answers", "unbundle"]

_VALUE_BITS = 8


def _length(options: int, bits: int) -> int:
    length = -(-options * bits // _VALUE_BITS)
    if bits < 1 or not 1 <= length <= MAX_VALUES:
        raise CryptoError("bundle", f"{options} options of {bits} bits do not fit a whole ballot")
    return length


def bundle(marks: Sequence[int], bits: int) -> tuple[int, ...]:
    """Pack one mark an option into values of 0 to 255.

    Raises:
        CryptoError: Step ``"bundle"``: too many options, or a mark that does not fit.
    """
    length = _length(len(marks), bits)
    number = 0
    for mark in marks:
        if not 0 <= mark < 1 << bits:
            raise CryptoError("bundle", f"expected marks of 0 to {(1 << bits) - 1}")
        number = number << bits | mark
    number <<= _VALUE_BITS * length - bits * len(marks)
    return tuple(number.to_bytes(length, "big"))


def unbundle(values: Sequence[int], options: int, bits: int) -> tuple[int, ...]:
    """Unpack one mark an option; the inverse of `bundle`.

    Raises:
        CryptoError: Step ``"bundle"``: another number of values, or a filling bit that is not zero.
    """
    length = _length(options, bits)
    if len(values) != length:
        raise CryptoError("bundle", f"expected {length} values, found {len(values)}")
    number = int.from_bytes(bytes(values), "big")
    spare = _VALUE_BITS * length - bits * options
    if number & (1 << spare) - 1:
        raise CryptoError("bundle", "a bit is set that belongs to no option")
    number >>= spare
    return tuple(number >> bits * place & (1 << bits) - 1 for place in reversed(range(options)))


def bundle_answers(options: Sequence[str], bits: int) -> tuple[str, ...]:
    """Name, for each value, the options it packs and their bits, counted from 1 over the whole ballot.

    Raises:
        CryptoError: Step ``"bundle"``: too many options.
    """
    length = _length(len(options), bits)
    answers = []
    for value in range(length):
        first, last = value * _VALUE_BITS // bits, -(-(value + 1) * _VALUE_BITS // bits)
        named = [
            f"{options[n]} ({n * bits + 1}{f'-{(n + 1) * bits}' if bits > 1 else ''})"
            for n in range(first, min(last, len(options)))
        ]
        answers.append(", ".join(named))
    return tuple(answers)
