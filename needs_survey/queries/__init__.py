"""Reads across the survey's models, for pages, papers and exports."""
