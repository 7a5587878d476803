"""Findings about one measure at a time, the same for an indicator and for a ratio."""
