"""What is measured: the registries of indicators and of expenditure ratios."""
