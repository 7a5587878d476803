"""What workers, families and records tell, hidden where it is of too few people."""
