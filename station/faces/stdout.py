"""Drawing on standard output: Textual draws on standard error, which a kiosk throws away."""

from __future__ import annotations

import sys
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

__all__ = ["StdoutDriver"]


class StdoutDriver(LinuxDriver):
    """Of a real terminal."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = sys.__stdout__ or self._file
