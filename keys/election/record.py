"""Records: frozen dataclasses that are the content of statements, with one codec for all of them.

A field is declared once, with its integer key and its limits: ``name: Annotated[str, Key(3), Size(1, 200)]``.
An absent optional field is left out, never null. Unknown keys, missing keys and wrong sizes are refused.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Annotated, Any, Self, Union

from keys.findings import Refused

__all__ = ["UNWRITABLE", "Bytes16", "Bytes32", "Count", "Key", "Record", "Size", "Texts"]

_MAX_INT = 2**53
"""Largest number in a record: what every JSON reader can hold exactly."""


UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could steer a terminal or turn the direction of the text around it; line ends and tabs are texts."""


@dataclass(frozen=True, slots=True)
class Key:
    """The integer that stands for a field in the content."""

    number: int


@dataclass(frozen=True, slots=True)
class Size:
    """Least and greatest length (bytes, characters, items) or value (numbers), both allowed."""

    least: int
    most: int


Bytes16 = Annotated[bytes, Size(16, 16)]
Bytes32 = Annotated[bytes, Size(32, 32)]
Count = Annotated[int, Size(0, _MAX_INT)]
Texts = Annotated[dict[str, str], Size(1, 20)]
"""A text in several languages, by language code; at most 4,000 characters each."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How values of one type are written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any, str], Any]


class Record:
    """Base of all contents; subclasses are frozen dataclasses."""

    __slots__ = ()

    def to_content(self) -> dict[int, Any]:
        """The content as a map with integer keys, ready for CBOR.

        Raises:
            Refused: V-104, a field is outside its limits: nobody signs what everybody would refuse.
        """
        content = self._written()
        self.from_content(content, type(self).__name__)
        return content

    def _written(self) -> dict[int, Any]:
        content: dict[int, Any] = {}
        for name, (key, kind, _) in _fields(type(self)).items():
            value = getattr(self, name)
            if value is not None:
                content[key] = kind.write(value)
        return content

    @classmethod
    def from_content(cls, content: object, subject: str) -> Self:
        """Read a content strictly.

        Args:
            content: A decoded CBOR map.
            subject: What to call the record in a refusal.

        Raises:
            Refused: V-104, a field is missing, unknown, or outside its limits.
        """
        if not isinstance(content, Mapping):
            raise Refused("V-104", subject, "not a map")
        fields = _fields(cls)
        unknown = set(content) - {key for key, _, _ in fields.values()}
        if unknown:
            raise Refused("V-104", subject, f"unknown field {min(map(repr, unknown))[:40]}")
        values: dict[str, Any] = {}
        for name, (key, kind, optional) in fields.items():
            if key in content:
                values[name] = kind.read(content[key], f"{subject}, {name.replace('_', ' ')}")
            elif optional:
                values[name] = None
            else:
                raise Refused("V-104", subject, f"{name.replace('_', ' ')} is missing")
        return cls(**values)


_Fields = dict[str, tuple[int, "_Kind", bool]]


def _fields(cls: Any) -> _Fields:
    return _read_fields(cls)


@cache
def _read_fields(cls: Any) -> _Fields:
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls!r} is not a dataclass")
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = {}
    for field in dataclasses.fields(cls):
        annotation, extras = _split(hints[field.name])
        key = next(extra.number for extra in extras if isinstance(extra, Key))
        size = next((extra for extra in extras if isinstance(extra, Size)), None)
        inner, optional = _optional(annotation)
        fields[field.name] = (key, _kind(inner, size), optional)
    if len({key for key, _, _ in fields.values()}) != len(fields):
        raise TypeError(f"{cls!r} uses a key twice")
    return fields


def _split(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    if typing.get_origin(annotation) is Annotated:
        inner, *extras = typing.get_args(annotation)
        deeper, more = _split(inner)
        return deeper, (*extras, *more)
    return annotation, ()


def _optional(annotation: Any) -> tuple[Any, bool]:
    if typing.get_origin(annotation) in {Union, types.UnionType}:
        (inner,) = (part for part in typing.get_args(annotation) if part is not type(None))
        return inner, True
    return annotation, False


def _kind(annotation: Any, size: Size | None) -> _Kind:
    annotation, extras = _split(annotation)
    size = size or next((extra for extra in extras if isinstance(extra, Size)), None)
    origin = typing.get_origin(annotation)
    if origin is tuple:
        item, _ = typing.get_args(annotation)
        return _tuple_kind(_kind(item, None), size or Size(0, 100_000))
    if origin is dict:
        return _texts_kind(size or Size(0, 20))
    if annotation is bool:
        return _Kind(bool, _checked(bool))
    if issubclass(annotation, IntEnum):
        return _enum_kind(annotation)
    if issubclass(annotation, Record):
        return _Kind(lambda value: value._written(), annotation.from_content)
    if annotation is int:
        return _Kind(int, _checked(int, size or Size(-_MAX_INT, _MAX_INT)))
    if annotation in {str, bytes}:
        return _Kind(annotation, _checked(annotation, size or Size(0, 4_000)))
    raise TypeError(f"no codec for {annotation}")


def _checked(wanted: type, size: Size | None = None) -> Callable[[Any, str], Any]:
    def read(value: Any, subject: str) -> Any:
        found: type[Any] = type(value)
        if found is not wanted:
            raise Refused("V-104", subject, f"a {found.__name__}, expected {wanted.__name__}")
        if size is not None:
            _check_size(value if wanted is int else len(value), size, subject)
        if wanted is str and UNWRITABLE.search(value):
            raise Refused("V-104", subject, "a character that no text holds")
        return value

    return read


def _check_size(measure: int, size: Size, subject: str) -> None:
    if not size.least <= measure <= size.most:
        raise Refused("V-104", subject, f"{measure}, expected {size.least} to {size.most}")


def _enum_kind(enum: type[IntEnum]) -> _Kind:
    def read(value: Any, subject: str) -> IntEnum:
        if type(value) is not int or value not in {member.value for member in enum}:
            raise Refused("V-104", subject, f"no such {enum.__name__.lower()}")
        return enum(value)

    return _Kind(int, read)


def _tuple_kind(item: _Kind, size: Size) -> _Kind:
    def read(value: Any, subject: str) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Refused("V-104", subject, "not a list")
        _check_size(len(value), size, subject)
        return tuple(item.read(part, f"{subject} {index}") for index, part in enumerate(value, 1))

    return _Kind(lambda value: [item.write(part) for part in value], read)


def _texts_kind(size: Size) -> _Kind:
    text = _checked(str, Size(0, 4_000))
    code = _checked(str, Size(2, 8))

    def read(value: Any, subject: str) -> dict[str, str]:
        if type(value) is not dict:
            raise Refused("V-104", subject, "not a map of texts")
        _check_size(len(value), size, subject)
        return {code(lang, subject): text(words, subject) for lang, words in value.items()}

    return _Kind(dict, read)
