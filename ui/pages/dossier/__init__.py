"""档案: one page for each unit and each person."""
