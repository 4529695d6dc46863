"""Files of machine data inside a PDF (ISO 32000, 7.11.4): written into the name tree of the catalogue."""

from __future__ import annotations

import hashlib

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from keys.paper.document import Attachment

__all__ = ["attach"]


def attach(canvas: Canvas, attachments: tuple[Attachment, ...]) -> None:
    """Put files into the PDF that a canvas writes; to be called once, before it is saved.

    Raises:
        ValueError: A name that is empty, not plain ASCII, has a folder in it, or comes twice.
    """
    names = [attachment.name for attachment in attachments]
    for name in names:
        if (
            not name
            or not name.isascii()
            or not name.isprintable()
            or set(name) & set("/\\")
            or names.count(name) > 1
        ):
            raise ValueError(f"attachment cannot be called {name!r}")
    if not attachments:
        return
    document = canvas._doc
    tree: list[object] = []
    for attachment in sorted(attachments, key=lambda one: one.name):
        name = pdfdoc.PDFString(attachment.name)
        tree += [name, document.Reference(_specification(document, name, attachment))]
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(tree)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})


def _specification(document: pdfdoc.PDFDocument, name: object, attachment: Attachment) -> object:
    # MD5 is what the format asks for; it protects nothing here.
    checksum = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()
    parameters = {"Size": len(attachment.content), "CheckSum": f"<{checksum}>"}
    kind = attachment.kind.replace("/", "#2F")
    heading = {
        "Type": pdfdoc.PDFName("EmbeddedFile"),
        "Subtype": f"/{kind}",
        "Params": pdfdoc.PDFDictionary(parameters),
    }
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(heading), attachment.content)
    reference = document.Reference(stream)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": name,
            "UF": name,
            "EF": pdfdoc.PDFDictionary({"F": reference}),
        }
    )
