"""Excel in and out of a register: what to write, and the import from columns to the last row."""
