"""Reads of proposals, reviews and what follows."""
