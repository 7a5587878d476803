"""What the work costs, from a reader's assumptions and official figures."""
