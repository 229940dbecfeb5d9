"""打印预览: the very PDF, page by page, what was found in it, printing at true size, saving."""
