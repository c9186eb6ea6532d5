"""What the catalogue says to machines: OAI-PMH for harvesters and SRU for searches from outside."""
