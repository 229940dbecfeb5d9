"""督办: the list of cases by light, one case, the board by state."""
