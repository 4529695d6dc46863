"""What a ballot, a vote and a verification cost, beside the machine's floor."""
