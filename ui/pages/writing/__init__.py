"""撰写年度报告: its parts, this year's text, last year's and the figures beside it."""
