"""Pilots compared with similar places: figures as arrays, gaps, verdicts, windows, placebo pool."""
