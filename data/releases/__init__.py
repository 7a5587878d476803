"""Releases of the data: when each was made, what it changed, and its tables as they were."""
