"""Where a store may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.findings import Refused
from station.disk.filesystem import check_filesystem, check_mount, mount_of

LISTING = r"""
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro
23 22 0:5 / /proc rw,nosuid shared:12 - proc proc rw
30 22 0:26 / /tmp rw,nosuid,nodev shared:13 - tmpfs tmpfs rw,size=4096k
31 22 254:2 / /srv rw,relatime shared:3 - xfs /dev/vdb rw,attr2
32 31 254:3 / /srv/journalled rw,relatime - ext4 /dev/vdc rw,data=journal
33 31 254:4 / /srv/ordered rw,relatime - ext4 /dev/vdd rw,data=ordered
34 31 254:5 / /srv/late rw,relatime - ext4 /dev/vde rw,data=writeback
35 22 0:40 / /home rw,relatime shared:4 - btrfs /dev/vdf rw,subvol=/home
36 22 8:1 / /media/ISOLOIR\040A rw,nosuid - vfat /dev/sdb1 rw,utf8
37 22 0:41 / /var/lib/docker/merged rw - overlay overlay rw,lowerdir=/a
38 22 254:6 / /kept ro,relatime - ext4 /dev/vdg rw
39 22 254:7 / /flash rw,relatime - f2fs /dev/vdh rw
40 22 254:8 / /covered rw,relatime - ext4 /dev/vdi rw
41 40 254:9 / /covered rw,relatime - btrfs /dev/vdj rw
nonsense
"""


@pytest.mark.parametrize("path", ["/vote/station.db", "/srv/vote", "/srv/ordered/vote", "/srvother"])
def test_tried_file_systems_are_accepted(path: str) -> None:
    check_mount(mount_of(Path(path), LISTING))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/tmp/vote", "tmpfs"),  # noqa: S108 - only a text
        ("/srv/journalled/vote", "data=journal"),
        ("/srv/late/vote", "data=writeback"),
        ("/home/vote", "btrfs"),
        ("/media/ISOLOIR A/vote", "vfat"),
        ("/var/lib/docker/merged/vote", "overlay"),
        ("/kept/vote", "written"),
        ("/flash", "f2fs"),
        ("/covered/vote", "btrfs"),
    ],
)
def test_others_are_refused_by_name(path: str, named: str) -> None:
    with pytest.raises(Refused, match=named) as refusal:
        check_mount(mount_of(Path(path), LISTING))
    assert refusal.value.code == "S-205"


def test_no_mount_is_refused() -> None:
    with pytest.raises(Refused):
        mount_of(Path("/vote"), "")


def test_this_system_has_an_answer() -> None:
    with pytest.raises(Refused) as refusal:
        check_filesystem(Path("/proc/self"))
    assert refusal.value.code == "S-205"
