"""belenios-tool, a verifier that we did not write, as the tests call it.

`scripts/outside-verifier` brings it. Its verdict counts only together with the recomputed tally and our own check
of the order of events: its release 3.0 compares neither (and without `LWT_ASYNC_METHOD=none`, which the launcher
sets, it may end before it has checked all ballots).
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from keys.crypto.transcript import sha256
from keys.election.archive import outline
from keys.election.events import Stage

__all__ = ["Tool", "Verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the tool said about an archive."""

    accepted: bool
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """The program, started through its launcher."""

    launcher: Path
    patience: float | None = 60
    """Seconds that a command may take."""

    def run(self, *arguments: str, folder: Path, given: bytes = b"") -> str:
        """Run a command that must succeed, in a folder; return what it printed."""
        done = self._run(arguments, folder, given)
        assert done.returncode == 0, (arguments, done.stderr.decode())
        return done.stdout.decode()

    def verdict(self, archive: bytes) -> Verdict:
        """Let it verify an archive: ballots, proofs, decryptions, result."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "contest.bel").write_bytes(archive)
            done = self._run(("election", "verify"), folder, b"")
        text = done.stderr.decode()
        accepted = done.returncode == 0
        assert accepted == ("all checks passed" in text), text
        return Verdict(accepted, text)

    def recomputes(self, archive: bytes) -> bool:
        """Whether the tally that it computes from the ballots is the one in the archive."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "contest.bel").write_bytes(archive)
            printed = self.run("election", "compute-encrypted-tally", folder=folder).splitlines()
        tally = outline(io.BytesIO(archive)).tally
        assert tally is not None
        sized = json.loads(printed[1])
        assert sha256(printed[0].encode()).hex() == sized["encrypted_tally"]
        numbers = (sized["num_tallied"], sized["total_weight"])
        return printed[0].encode() == tally.documents[0] and numbers == tally.numbers

    def accepts(self, archive: bytes, stage: Stage = Stage.COMPLETE) -> bool:
        """Its verdict and, where there is a tally, the recomputation."""
        if not self.verdict(archive).accepted:
            return False
        return stage in {Stage.OPEN, Stage.ENDED} or self.recomputes(archive)

    def _run(
        self, arguments: tuple[str, ...], folder: Path, given: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.launcher, *arguments],
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
            timeout=self.patience,
        )
