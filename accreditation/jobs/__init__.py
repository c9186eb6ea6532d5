"""What the worker does about proposals."""
