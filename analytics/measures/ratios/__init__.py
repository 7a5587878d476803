"""The registry of expenditure ratios: one entry each, and nothing about them anywhere else."""
