"""Every change of state of proposals, and of what follows."""
