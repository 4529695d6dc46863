"""What officers change on the roll while the station takes votes: somebody is added, or votes for somebody else."""

from __future__ import annotations

from keys.findings import Refused
from station.disk.additions import Added
from station.disk.state import State
from station.workings import Workings

__all__ = ["RollKeeping"]


class RollKeeping(Workings):
    """The roll of one machine in one mode, through its day."""

    def add_elector(self, added: Added) -> int:
        """Add somebody to the roll while the station takes votes.

        Returns:
            The number.

        Raises:
            Refused: S-105, it takes no votes; S-304, S-305.
        """
        self._require(State.OPEN, State.ANNOUNCED)
        number = self.store.add_elector(added)
        self._noted(added=number)
        return number

    def check_proxy(self, number: int, holder: int) -> None:
        """Check that somebody may vote for a person on the spot.

        Raises:
            Refused: S-105, the definition has no proxies at the desk; S-301, S-302, S-306.
        """
        self.store.check_proxy(number, holder, self._most_others())

    def give_proxy(self, number: int, holder: int) -> None:
        """Note who votes for a person while the station takes votes.

        Raises:
            Refused: S-105, it takes no votes; as `check_proxy`.
        """
        self._require(State.OPEN, State.ANNOUNCED)
        self.store.give_proxy(number, holder, self._most_others())
        self._noted()

    def take_proxy_back(self, number: int) -> None:
        """Forget a proxy that was not used.

        Raises:
            Refused: S-105, the station takes no votes; S-301, S-302.
        """
        self._require(State.OPEN, State.ANNOUNCED)
        self.store.take_proxy_back(number)
        self._noted()

    def _most_others(self) -> int:
        """For how many others one person may vote.

        Raises:
            Refused: S-105, the definition has no proxies at the desk.
        """
        definition = self.manifest.definition
        if not definition.proxies_at_desk:
            raise Refused("S-105", "proxy", "the definition has none at the desk")
        return definition.proxies
