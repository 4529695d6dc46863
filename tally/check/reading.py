"""What was handed in: codes from text, scanner, picture or PDF, files, and codes that people type.

Each thing is judged by itself: one that cannot be read is an item too, with what was wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from keys.election.statement import MAX_STATEMENT, Statement, read_statement
from keys.findings import Refused, Unreadable
from keys.paper import crockford
from keys.paper.codes import PREFIX, Assembler
from keys.paper.groups import parse_check_code, parse_fingerprint, parse_short_code
from keys.paper.keyboard import read_typed, undo

__all__ = ["FOREIGN", "MAX_TEXT", "STRANGE", "UNREAD", "Item", "Typed", "TypedKind", "read_sources"]

_STATEMENT = b"\xd2"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")
_GROUP = 4
_MOST_CODES = 2000
FOREIGN = "its square codes are of another kind"
"""Detail of T-711: a picture shows codes, and none of them begins like ours."""
STRANGE = "it is neither text nor a picture or paper that is read here"
"""Detail of T-711: a file of another kind, such as a picture in a form that phones have and browsers have not."""
UNREAD = "others of its square codes are blurred or damaged"
"""Detail of T-704 where some codes of a picture were read, and not all."""
MAX_TEXT = 4 * 1024 * 1024
"""Bytes of text that are looked at."""


class TypedKind(StrEnum):
    """Codes for people, by their length."""

    SHORT = "short code"
    CHECK = "check code"
    FINGERPRINT = "fingerprint"


@dataclass(frozen=True, slots=True)
class Typed:
    """A code that somebody read off a paper."""

    kind: TypedKind
    value: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to check."""

    source: str
    """Name of a file; empty for what was typed."""
    what: Statement | Typed | Refused
    """Or why it cannot be read."""


def read_sources(
    sources: Sequence[str],
    standard_input: Callable[[], bytes],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> list[Item]:
    """Read all that was handed in.

    Args:
        sources: Names of files, texts, or ``-`` for the standard input. Parts of one code may be in several.
        standard_input: Reads it whole.
        progress: Told the file, the page of it that is looked at, and how many there are.

    Raises:
        Unreadable: A file is not there or cannot be read.
        Refused: T-711, too many codes at once.
    """
    if _is_one_typed(sources):
        return [_typed_item("".join(part for part in sources if part != "-"), "")]
    items: list[Item] = []
    texts: list[tuple[str, str]] = []
    for source in sources:
        if source == "-":
            _from_text(_decoded(standard_input()), "", texts, items)
        elif _is_file(source):
            _from_file(Path(source), texts, items, progress)
        else:
            _from_argument(source, texts, items)
    if len(texts) > _MOST_CODES:
        raise Refused("T-711", "what was handed in", f"{len(texts)} codes at once, at most {_MOST_CODES}")
    return [*items, *_assembled(texts)]


def _is_one_typed(sources: Sequence[str]) -> bool:
    """Whether the words are the groups of one code for people, typed with blanks between them."""
    groups = [source for source in sources if source != "-"]
    lengths = {2, 4, 13}
    return len(groups) in lengths and all(
        len(group) == _GROUP and group.isalnum() and not _is_file(group) for group in groups
    )


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # too long for a name, or not one
        return False


def _from_file(
    path: Path, texts: list[tuple[str, str]], items: list[Item], progress: Callable[[str, int, int], None]
) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            data = head if _is_picture(head) else head + file.read(MAX_STATEMENT)
    except OSError as error:
        raise Unreadable(f"{path} could not be read: {error.strerror}") from None
    if _is_picture(head):
        _from_picture(path, texts, items, partial(progress, path.name))
    elif data.startswith(_STATEMENT) or path.suffix == ".cose":
        items.append(_statement_item(data, path.name))
    elif b"\0" in head:
        items.append(Item(path.name, Refused("T-711", path.name, STRANGE)))
    else:
        _from_text(_decoded(data), path.name, texts, items)


def _is_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or b"%PDF-" in head


def _from_picture(
    path: Path, texts: list[tuple[str, str]], items: list[Item], progress: Callable[[int, int], None]
) -> None:
    # Imported here: pictures bring in libraries that a typed code does not need.
    from tally.hostile.scan import read_squares

    try:
        squares = read_squares(path, progress)
    except Refused as refused:
        items.append(Item(path.name, refused))
        return
    found = [text for text in squares.texts if text.startswith(PREFIX)]
    if not found:
        items.append(Item(path.name, Refused("T-711", path.name, FOREIGN)))
    elif squares.unread:
        items.append(Item(path.name, Refused("T-704", path.name, UNREAD)))
    texts += [(path.name, text) for text in found]


def _from_text(text: str, name: str, texts: list[tuple[str, str]], items: list[Item]) -> None:
    """Codes anywhere in a text; a text without any is taken as codes for people, one a line."""
    try:
        found = read_typed(text)
    except Refused as refused:
        items.append(Item(name, refused))
        return
    texts += [(name, code) for code in found]
    lines = [line for line in text.splitlines() if line.strip()]
    if not found and not lines:
        items.append(Item(name, Refused("T-711", name or "standard input", "there is nothing in it")))
    elif not found:
        items += [_typed_item(line, name) for line in lines[:100]]


def _from_argument(source: str, texts: list[tuple[str, str]], items: list[Item]) -> None:
    try:
        found = read_typed(source)
        if not found and source.strip().lower().startswith("iso"):
            found = (undo(source),)
    except Refused as refused:
        items.append(Item("", refused))
        return
    if found:
        texts += [("", code) for code in found]
        return
    item = _typed_item(source, "")
    if isinstance(item.what, Refused) and ("/" in source or Path(source[:200]).suffix):
        raise Unreadable(f"{source[:200]}: no such file")
    items.append(item)


def _typed_item(text: str, source: str) -> Item:
    subject = source or "what was typed"
    try:
        letters = crockford.clean(text, subject)
        readers = {
            8: (TypedKind.SHORT, parse_short_code),
            16: (TypedKind.CHECK, parse_check_code),
            52: (TypedKind.FINGERPRINT, parse_fingerprint),
        }
        if len(letters) not in readers:
            raise Refused("T-711", subject, f"{len(letters)} characters; a code for people has 8, 16 or 52")
        kind, read = readers[len(letters)]
        return Item(source, Typed(kind, read(letters)))
    except Refused as refused:
        return Item(source, Refused("T-711", subject, refused.detail))


def _statement_item(data: bytes, source: str) -> Item:
    try:
        return Item(source, read_statement(data))
    except Refused as refused:
        return Item(source, Refused(refused.code, source or refused.subject, refused.detail))


def _assembled(texts: Iterable[tuple[str, str]]) -> list[Item]:
    """Put parts together, whatever the order and the source they came from."""
    held: list[tuple[str, Assembler]] = []
    broken: list[Item] = []
    for source, text in texts:
        try:
            _feed(held, source, text)
        except Refused as refused:
            broken.append(Item(source, refused))
    return [*(_finished(source, assembler) for source, assembler in held), *broken]


def _feed(held: list[tuple[str, Assembler]], source: str, text: str) -> None:
    for _, assembler in held:
        try:
            assembler.feed(text)
        except Refused as refused:
            if refused.code != "V-116":  # it belongs to another code
                raise
        else:
            return
    fresh = Assembler()
    fresh.feed(text)
    held.append((source, fresh))


def _finished(source: str, assembler: Assembler) -> Item:
    try:
        return _statement_item(assembler.data(), source)
    except Refused as refused:
        return Item(source, refused)


def _decoded(data: bytes) -> str:
    return data[:MAX_TEXT].decode("utf-8", "replace")
