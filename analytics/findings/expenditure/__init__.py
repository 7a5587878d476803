"""What authorities spend on children: ratios of the lines of Section 251."""
