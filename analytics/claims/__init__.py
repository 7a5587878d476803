"""The registry of the evaluation's claims: one entry each, and nothing about them anywhere else."""
