"""From opened ballots, and from paper, to counted results, and what is unusual in them."""
