"""Findings written as words in place of a chart: a published frame in, escaped HTML out."""
