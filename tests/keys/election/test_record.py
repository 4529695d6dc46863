"""Records: what is written is read, what is missing, unknown or outside its limits is refused."""

from __future__ import annotations

import dataclasses
import importlib
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keys.election.cbor import canonical, decode
from keys.election.decision import DecisionKind
from keys.election.record import Key, Record, Size, Texts
from keys.election.statement import Mode
from keys.findings import Refused

FOLDER = Path(__file__).parents[3] / "keys" / "election"
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=20)


def _records() -> list[type[Record]]:
    """Every record that a statement can hold."""
    for path in FOLDER.glob("*.py"):
        importlib.import_module(f"keys.election.{path.stem}")
    found: list[type[Record]] = []
    rest = list(Record.__subclasses__())
    while rest:
        cls = rest.pop()
        rest += cls.__subclasses__()
        if cls.__module__.startswith("keys.election") and dataclasses.is_dataclass(cls) and "Key" in str(
            typing.get_type_hints(cls, include_extras=True)
        ):  # fmt: skip
            found.append(cls)
    # a dataclass with slots is made anew: the class without slots lives on as a subclass, too
    current = {getattr(importlib.import_module(cls.__module__), cls.__name__) for cls in found}
    return sorted(current, key=lambda cls: cls.__name__)


RECORDS = _records()


def _values(annotation: Any, size: Size | None = None) -> st.SearchStrategy[Any]:
    """Values that a field may hold, by its annotation and nothing else."""
    if typing.get_origin(annotation) is Annotated:
        annotation, *extras = typing.get_args(annotation)
        size = size or next((extra for extra in extras if isinstance(extra, Size)), None)
        return _values(annotation, size)
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if type(None) in parts:
        (inner,) = (part for part in parts if part is not type(None))
        return st.none() | _values(inner, size)
    least, most = (size.least, size.most) if size else (0, 2**53)
    top = min(most, max(least, 3))
    if origin is tuple:
        return st.lists(_values(parts[0]), min_size=least, max_size=top).map(tuple)
    if origin is dict:
        return st.dictionaries(st.text("abcdef", min_size=2, max_size=8), TEXT, min_size=least, max_size=top)
    if annotation is int:
        return st.integers(least, most)
    if annotation is bytes:
        return st.binary(min_size=least, max_size=max(least, min(most, 40)))
    if annotation is str:
        return TEXT.map(lambda text: text.ljust(least, "x")[:most])
    if annotation is bool:
        return st.booleans()
    if issubclass(annotation, Record):
        return _instances(annotation)
    return st.sampled_from(annotation)


def _instances(cls: type[Record]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]
    return st.builds(cls, **{field.name: _values(hints[field.name]) for field in fields})


def test_all_records_are_looked_at() -> None:
    assert {"Draft", "Manifest", "Definition", "Receipt", "ClosingReport", "Decision", "Roll"} <= {
        cls.__name__ for cls in RECORDS
    }
    assert len(RECORDS) >= 35


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_round_trip(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(_instances(cls))
    content = record.to_content()
    assert None not in content.values()
    read = decode(canonical(content), "test")
    assert cls.from_content(read, "test") == record
    for key in content:
        _refused_or_optional(cls, {number: value for number, value in read.items() if number != key}, record)
        for wrong in (None, 1.5, [None], {"": object()}):
            with pytest.raises(Refused, match="V-104"):
                cls.from_content({**read, key: wrong}, "test")
    for unknown in (0, -1, 99, "1", b"1"):
        with pytest.raises(Refused, match=r"V-104.*unknown field"):
            cls.from_content({**read, unknown: 0}, "test")


def _refused_or_optional(cls: type[Record], content: dict[int, Any], record: Record) -> None:
    try:
        read = cls.from_content(content, "test")
    except Refused as refused:
        assert refused.code == "V-104"
        assert refused.detail.endswith("is missing")
        return
    assert read != record
    assert any(
        getattr(read, field.name) is None
        for field in dataclasses.fields(record)  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class Inner(Record):
    number: Annotated[int, Key(1), Size(0, 9)]


@dataclass(frozen=True, slots=True)
class Outer(Record):
    """One field of each kind."""

    number: Annotated[int, Key(1), Size(-5, 5)]
    flag: Annotated[bool, Key(2)]
    mode: Annotated[Mode, Key(3)]
    text: Annotated[str, Key(4), Size(1, 5)]
    data: Annotated[bytes, Key(5), Size(2, 3)]
    rows: Annotated[tuple[Inner, ...], Key(6), Size(1, 2)]
    names: Annotated[Texts, Key(7)]
    kind: Annotated[DecisionKind | None, Key(8)] = None


SOUND = {1: 0, 2: True, 3: 1, 4: "é" * 5, 5: b"ab", 6: [{1: 0}], 7: {"fr": "x"}}

FAULTS: dict[str, dict[int, Any]] = {
    "number too small": {1: -6}, "number too large": {1: 6}, "number true": {1: True}, "number a float": {1: 1.0},
    "number a text": {1: "1"}, "flag one": {2: 1}, "flag null": {2: None}, "mode unknown": {3: 2},
    "mode true": {3: True}, "mode a name": {3: "OFFICIAL"}, "text empty": {4: ""}, "text too long": {4: "e" * 6},
    "text bytes": {4: b"e"}, "escape": {4: "\x1b[31m"}, "null": {4: "a\0"}, "carriage return": {4: "a\rb"},
    "right to left": {4: "a\u202eb"}, "isolate": {4: "a\u2066b"}, "surrogate": {4: "\ud800"}, "delete": {4: "\x7f"},
    "control": {4: "\x9b"}, "data short": {5: b"a"}, "data long": {5: b"abcd"}, "data text": {5: "ab"},
    "data writable": {5: bytearray(b"ab")}, "rows none": {6: []}, "rows many": {6: [{1: 0}] * 3},
    "rows a map": {6: {1: 0}}, "row a list": {6: [[0]]}, "row wrong": {6: [{1: 10}]},
    "row unknown": {6: [{1: 0, 2: 0}]},
    "row missing": {6: [{}]}, "names none": {7: {}}, "names a list": {7: ["x"]}, "language a number": {7: {1: "x"}},
    "language short": {7: {"f": "x"}}, "name a number": {7: {"fr": 1}}, "name too long": {7: {"fr": "x" * 4001}},
    "name with escape": {7: {"fr": "\x1b"}}, "languages many": {7: {f"{n:02}": "x" for n in range(21)}},
    "kind null": {8: None}, "kind unknown": {8: 99}, "key true": {True: 1, 99: 0},
}  # fmt: skip


def test_the_sound_one_is_read() -> None:
    assert Outer.from_content(SOUND, "x").kind is None
    assert Outer.from_content({**SOUND, 8: 1}, "x").kind is DecisionKind.TIE
    for text in ("a\nb", "a\tb", "1\u202f2", "e\u0301", "🗳"):
        assert Outer.from_content({**SOUND, 4: text}, "x").text == text


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(name: str) -> None:
    with pytest.raises(Refused, match="V-104") as refused:
        Outer.from_content({**SOUND, **FAULTS[name]}, "record")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("content", [None, [], 1, "x", b"", [1]])
def test_no_map(content: object) -> None:
    with pytest.raises(Refused, match="V-104"):
        Outer.from_content(content, "record")


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(Refused, match=r"record, rows 2, number: .*: 10, expected 0 to 9"):
        Outer.from_content({**SOUND, 6: [{1: 0}, {1: 10}]}, "record")


@pytest.mark.parametrize(
    "fields", [{"number": 6}, {"text": "\x1b"}, {"rows": ()}, {"data": b""}, {"names": {}}]
)
def test_nobody_signs_what_everybody_would_refuse(fields: dict[str, Any]) -> None:
    record = dataclasses.replace(Outer.from_content(SOUND, "x"), **fields)
    with pytest.raises(Refused, match="V-104 Outer"):
        record.to_content()


def test_a_record_that_uses_a_key_twice_is_a_mistake() -> None:
    @dataclass(frozen=True, slots=True)
    class Twice(Record):
        one: Annotated[int, Key(1)]
        two: Annotated[int, Key(1)]

    with pytest.raises(TypeError, match="twice"):
        Twice(1, 2).to_content()
