"""Findings written as words in the place of a chart: a published frame in, escaped HTML out."""
