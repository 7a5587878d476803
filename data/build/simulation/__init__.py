"""Simulated records with the evaluation's design, made to give every printed figure."""
