"""Pages of proposals, reviews and good practice."""
