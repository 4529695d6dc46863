"""Has every archive verified by belenios-tool, a program that we did not write."""

from __future__ import annotations

import json
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from demonstration.commands import Commands, say
from keys.election.archive import outline

__all__ = ["verify_outside"]


def verify_outside(commands: Commands, root: Path) -> bool:
    """Verify all archives with the outside tool; False if it refuses one. Without the tool, says so plainly."""
    say("Verify every archive with belenios-tool, a program that we did not write")
    brought = subprocess.run(
        [root / "scripts" / "outside-verifier"], stdout=subprocess.PIPE, text=True, check=False
    )
    if brought.returncode != 0:
        print(
            "   It could not be brought onto this machine: this step was NOT done. (scripts/outside-verifier)"
        )
        return True
    launcher = brought.stdout.strip().splitlines()[-1]
    archives = sorted((commands.out / "public" / "archives").glob("*.bel"))
    accepted = [path for path in archives if _accepts(launcher, path)]
    print(
        f"   {len(accepted)} of {len(archives)} archives accepted: proofs, recomputed totals, decryptions, results."
    )
    return len(accepted) == len(archives)


def _accepts(launcher: str, archive: Path) -> bool:
    """Its verdict on the whole archive, and the total that it computes from the ballots itself."""
    data = archive.read_bytes()
    tally = outline(BytesIO(data)).tally
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "contest.bel").write_bytes(data)
        verdict = _run(launcher, name, "verify")
        recomputed = _run(launcher, name, "compute-encrypted-tally")
    if tally is None or verdict.returncode != 0 or recomputed.returncode != 0:
        print(f"   {archive.name}: REFUSED\n{verdict.stderr}")
        return False
    total, sized = recomputed.stdout.splitlines()[:2]
    numbers = json.loads(sized)
    same = total.encode() == tally.documents[0] and (
        (numbers["num_tallied"], numbers["total_weight"]) == tally.numbers
    )
    print(f"   {archive.name}: {'accepted' if same else 'REFUSED: another total'}", flush=True)
    return same


def _run(launcher: str, folder: str, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launcher, "election", command], cwd=folder, capture_output=True, text=True, check=False
    )
