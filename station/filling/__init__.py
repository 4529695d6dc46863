"""What a voter fills in in one contest: a file for each way of filling in."""
