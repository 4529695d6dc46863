"""Groups typed from the poster: another paper, and the poster of the rehearsal, are told apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from keys.desk.options import check_paper
from keys.findings import Refused
from keys.paper.groups import fingerprint_groups, fingerprint_text

OWN, TWIN, OTHER = bytes(range(32)), bytes(range(100, 132)), bytes(range(200, 232))


def _typing(monkeypatch: pytest.MonkeyPatch, digest: bytes) -> None:
    """Somebody at the terminal types what stands on a paper at the two places that are hidden."""
    groups: Iterator[str] = iter(fingerprint_groups(digest)[place] for place in (3, 7))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("keys.desk.options.secrets.randbelow", _places((3, 6)))
    monkeypatch.setattr("keys.desk.options.click.prompt", lambda *_, **__: next(groups))


def _places(numbers: tuple[int, int]) -> object:
    found = iter(numbers)
    return lambda _: next(found)


@pytest.mark.parametrize(("digest", "code"), [(OWN, None), (TWIN, "V-156"), (OTHER, "V-119")])
@pytest.mark.parametrize("typed", [True, False])
def test_it(monkeypatch: pytest.MonkeyPatch, digest: bytes, code: str | None, typed: bool) -> None:
    _typing(monkeypatch, digest)
    paper = None if typed else fingerprint_text(digest)
    if code is None:
        check_paper(OWN, paper, "poster", twin=TWIN)
        return
    with pytest.raises(Refused) as caught:
        check_paper(OWN, paper, "poster", twin=TWIN)
    assert caught.value.code == code
