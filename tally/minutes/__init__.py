"""The minutes: what a commune signs."""

from tally.minutes.paper import minutes
from tally.minutes.proceedings import Proceedings

__all__ = ["Proceedings", "minutes"]
