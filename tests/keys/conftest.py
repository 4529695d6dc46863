"""A key ceremony, held once for each module that looks at it; and passphrases that are not stretched for long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk import passphrase
from keys.election.statement import Statement
from tests.simulator.ceremony import Table


@pytest.fixture(scope="module")
def quick_passphrases() -> Iterator[None]:
    """Stretching passphrases for long is not what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "_LOG_N", 4)
        yield


@pytest.fixture(scope="module")
def finished(
    quick_passphrases: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Table, list[Statement]]:
    """Trustees who are through with the ceremony, and what they said at its end."""
    table = Table(tmp_path_factory.mktemp("ceremony"))
    return table, table.finished()


@pytest.fixture
def table(quick_passphrases: None, tmp_path: Path) -> Table:
    """Trustees who have said nothing yet."""
    return Table(tmp_path)
