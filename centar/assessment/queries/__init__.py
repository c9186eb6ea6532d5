"""Reads of assessment; whoever has a conflict is left out of every one of them."""
