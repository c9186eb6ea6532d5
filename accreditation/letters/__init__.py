"""Letters about proposals."""
