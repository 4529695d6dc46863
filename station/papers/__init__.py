"""What a station prints, as documents."""
