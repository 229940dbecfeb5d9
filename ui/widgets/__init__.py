"""The parts every page is made of. Each has an accessible name equal to its visible words."""
