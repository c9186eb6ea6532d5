"""The Centre itself, as the demonstration names it."""

NAME = "Центар за образовање Крагујевац"
TOWN = "Крагујевац"
