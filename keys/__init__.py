"""What all sides of a vote hold in common: every byte that is signed, hashed or encrypted is defined here, once."""
