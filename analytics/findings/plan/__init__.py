"""What the next evaluation would see: how many councils, how many years, which measure."""
