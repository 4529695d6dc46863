"""What an election is: definition, manifest, ballots, archive, statements, and how each is verified."""
