"""The people on the roll: found, added, voting for one another, signing on paper."""
