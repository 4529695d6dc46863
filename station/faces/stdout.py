"""The terminal of the app: Textual draws on standard error, which a kiosk throws away, and types what is no key."""

from __future__ import annotations

import codecs
import os
import select
import sys
import time
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from station.faces.keyparser import KeyParser

__all__ = ["StdoutDriver"]

_CHUNK = 4096
_TICK = 0.1


class StdoutDriver(LinuxDriver):
    """Of a real terminal."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = sys.__stdout__ or self._file

    def run_input_thread(self) -> None:
        """Read keys until the app ends; bytes that are no text are nothing.

        Raises:
            EOFError: The terminal was closed.
        """
        parser = KeyParser(time.monotonic)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _TICK)[0]:
                data = os.read(self.fileno, _CHUNK)
                if not data:
                    raise EOFError
                text = decoder.decode(data)
                for message in parser.feed(text) if text else ():
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)
