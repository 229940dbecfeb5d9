"""设置: what the office sets, its safety and backups, the recycle bin, the history, the data."""
