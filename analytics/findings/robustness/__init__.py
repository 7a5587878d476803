"""Whether a verdict depends on chance, on one pilot, or on who it is compared with."""
