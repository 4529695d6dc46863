"""What stands on every paper of a sealed vote at a station: whose it is, of which machine, and in which language."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from keys.desk.language import Language
from keys.election.definition import Definition
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.document import Block, Document
from keys.paper.frame import machine_line, paper

__all__ = ["Letterhead"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The vote that a paper belongs to, and the language of the paper."""

    manifest: Manifest
    fingerprint: bytes
    """Of the manifest."""
    mode: Mode
    language: Language

    @property
    def definition(self) -> Definition:
        """Of the vote."""
        return self.manifest.definition

    def paper(self, title: str, blocks: Sequence[Block], subtitle: str = "") -> Document:
        """A paper of the vote."""
        return paper(
            self.definition, self.mode, self.fingerprint, self.language, title, blocks, subtitle=subtitle
        )

    def machine_paper(self, machine: int, title: str, blocks: Sequence[Block]) -> Document:
        """A paper of a machine, by its index: its station stands below the title."""
        subtitle = machine_line(self.definition, self.manifest.machines[machine].name, self.language)
        return self.paper(title, blocks, subtitle)

    def machine_page(self, machine: int, title: str, blocks: Sequence[Block]) -> Document:
        """The same on one page."""
        return dataclasses.replace(self.machine_paper(machine, title, blocks), one_page=True)
