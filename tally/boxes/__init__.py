"""The boxes that are in: taken in whole or not at all, with the marks and the three figures of each machine."""
