"""The commands of a polling machine, by the time of their use."""
