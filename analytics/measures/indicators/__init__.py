"""The registry of indicators: one entry each, and nothing about them anywhere else."""
