"""A proxy noted at the desk: who may hold it, by the rules of the proxies that stand on the town's roll."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from keys.election.roll import Elector, ElectorStatus

__all__ = ["ProxyFault", "proxy_fault"]


class ProxyFault(StrEnum):
    """Why somebody cannot vote for somebody else."""

    UNKNOWN = "unknown"
    """The number is not on this roll."""
    SELF = "self"
    STRUCK_OFF = "struck off"
    GAVE = "gave"
    """The one who would vote for another has given a proxy."""
    HOLDS = "holds"
    """The one who would give a proxy has given one, or holds one: a proxy is not passed on."""
    MANY = "many"
    """That person votes for as many others as the definition allows."""


def proxy_fault(electors: Mapping[int, Elector], number: int, holder: int, most: int) -> ProxyFault | None:
    """Why a person cannot vote for another; None if they can.

    Args:
        electors: Of the machine's roll, by number, with the proxies noted so far.
        number: Of the person who is voted for; on the roll.
        holder: Of the person who votes for them.
        most: For how many others one person may vote.
    """
    person, proxy = electors[number], electors.get(holder)
    if proxy is None:
        return ProxyFault.UNKNOWN
    if number == holder:
        return ProxyFault.SELF
    if proxy.status is ElectorStatus.STRUCK_OFF:
        return ProxyFault.STRUCK_OFF
    if person.proxy or person.proxy_name or any(item.proxy == number for item in electors.values()):
        return ProxyFault.HOLDS
    if proxy.proxy or proxy.proxy_name:
        return ProxyFault.GAVE
    if sum(item.proxy == holder for item in electors.values()) >= most:
        return ProxyFault.MANY
    return None
