"""What a reader chooses: the choices there are, and their one spelling in an address."""
