"""What the programme cost, by whose figures, and the staff there were to do it."""
