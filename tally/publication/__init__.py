"""Results certified, signed with the board, and laid down in the public folder."""
