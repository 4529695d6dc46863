"""Files of votes from elsewhere: read strictly, written in one form."""
