"""Tables: models receive rows, one delegate paints them from a cell description."""
