"""What a paper says, apart from how it looks: a document is a title and blocks, all of plain text.

Nothing here is markup: every sign is printed as it is. Texts are already in the document's language.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Attachment",
    "Bar",
    "Block",
    "Break",
    "Chart",
    "CodeBlock",
    "Columns",
    "Document",
    "Heading",
    "Large",
    "Lines",
    "Notice",
    "Rows",
    "Signatures",
    "SigningLines",
    "Stack",
    "StackedChart",
    "Table",
    "Text",
]

MAX_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """Title of a section; level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line ends are kept."""

    text: str
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Large:
    """A code that people compare, in large letters, with an optional line that says what it is."""

    text: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A paragraph in a frame."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs of label and value, one below the other."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is repeated on every page.

    Raises:
        ValueError: No column, more than 12, a row of another length than the header, or an unknown alignment.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str = ""
    """A letter a column: l, r or c; left where it is not given."""
    total: bool = False
    """The last row is a sum and stands out."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.header) <= MAX_COLUMNS:
            raise ValueError(f"a table has 1 to {MAX_COLUMNS} columns, got {len(self.header)}")
        if not set(self.align) <= set("lrc") or len(self.align) > len(self.header):
            raise ValueError(f"columns are aligned by l, r or c, got {self.align!r}")
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"a row has {len(row)} cells, its header {len(self.header)}")


@dataclass(frozen=True, slots=True)
class Columns:
    """A long list of short texts in columns, in blocks that read downwards: receipt codes at the door."""

    items: tuple[str, ...]
    count: int = 5
    title: str = ""
    """Stands over the first block, on the same page."""
    index: bool = False
    """Before the first item of each letter stands the letter; the items are sorted."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its length and what is printed beside it."""

    label: str
    value: int
    text: str
    marked: bool = False
    """Drawn dark (chosen options); colour only repeats what `text` says."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars to one scale."""

    bars: tuple[Bar, ...]
    full: int = 0
    """What fills the width; 0 for the longest bar."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of parts: its label, how long each part is, and what is printed beside it."""

    label: str
    parts: tuple[int, ...]
    text: str
    marked: bool = False
    """In bold (chosen options); `text` says it too."""


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Bars of the same width, each shared among its parts from light to dark, with a line across their middle."""

    title: str
    kinds: tuple[str, ...]
    """What the parts are, in their order."""
    middle: str
    """What the line across the middle shows."""
    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """The square codes of one statement: all its parts, what it is, and its short code for people."""

    texts: tuple[str, ...]
    what: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """A box to sign in for each person: role and, if known, name."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SigningLines:
    """Lines to sign on: as many on every page, each of the same height, and a place for the count of a page.

    Rows are number, name, what stands small below the name, date of birth, and what stands where one signs. A page
    has room for 20 lines below a title of three lines, on A4; a roll is no paper for it.
    """

    header: tuple[str, str, str, str, str]
    """Over line, number, name, date of birth, signature."""
    rows: tuple[tuple[str, str, str, str, str], ...]
    a_page: int
    count: str
    """What is counted at the foot of each page."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines for handwriting."""

    count: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A new page; a cut mark on a roll."""


Block = (
    Heading
    | Text
    | Large
    | Notice
    | Rows
    | Table
    | Columns
    | Chart
    | StackedChart
    | CodeBlock
    | Signatures
    | SigningLines
    | Lines
    | Break
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of machine data inside the PDF."""

    name: str
    """ASCII, without folders."""
    content: bytes
    kind: str = "application/octet-stream"
    """Its media type."""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper."""

    title: str
    lang: str
    """Language of the text, as in the definition ("fr")."""
    blocks: tuple[Block, ...]
    issuer: str = ""
    """Who issues it: the commune, the station."""
    subtitle: str = ""
    banner: str = ""
    """REHEARSAL or DEMONSTRATION in the document's language; printed large on every page."""
    footer: tuple[str, ...] = ()
    """Up to three lines at the foot of every page: digest of the data, program version."""
    attachments: tuple[Attachment, ...] = ()
    one_page: bool = False
    """Signed and posted as one sheet: set in smaller letters on A4, if they make it fit."""
