"""Opening the count with the trustees: requests, shuffles, answers, archives; once more for a late box."""
