"""The public folder is written whole, or nothing of it is left and the same folder can be taken again."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from keys.findings import Misuse, Unreadable
from tally.publication.publish import publish
from tally.workspace import Workspace
from tests.simulator.vote import NOW, HeldVote


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt),
        (OSError(errno.ENOSPC, "No space left on device"), Unreadable),
    ],
    ids=["ctrl-c", "full"],
)
def test_what_is_stopped_can_be_run_again(
    held_vote: HeldVote,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
    told: type[BaseException],
) -> None:
    workspace = Workspace(held_vote.folder, held_vote.mode)
    out = tmp_path / "public"

    def stop(*_: object) -> bytes:
        assert (out / "trackers").is_dir()
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr("tally.publication.publish.page", stop)
        with pytest.raises(told):
            publish(workspace, out, held_vote.authority, NOW + 9000)
    assert list(out.iterdir()) == []
    publish(workspace, out, held_vote.authority, NOW + 9000)
    for path in held_vote.public.rglob("*"):
        if path.is_file():
            assert (out / path.relative_to(held_vote.public)).read_bytes() == path.read_bytes()


def test_a_folder_that_holds_something_is_left_alone(held_vote: HeldVote, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(Misuse):
        publish(Workspace(held_vote.folder, held_vote.mode), tmp_path, held_vote.authority, NOW + 9000)
    assert (tmp_path / "note.txt").read_text() == "mine"
