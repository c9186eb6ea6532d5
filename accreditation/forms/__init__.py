"""Input of proposals, reviews and what follows."""
