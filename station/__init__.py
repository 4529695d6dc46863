"""What a polling machine runs: the day, the visit, the store."""
