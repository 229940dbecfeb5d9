"""The jobs of the window as commands, for schedules, support and checks.

Here because a command may read the ledger (models) and print papers (reports), and needs no window. Each
is a function of an open office, or of a path, that yields what it wrote or found, one line each; main.py
prints the lines and turns errors into sentences and exit codes.
"""


class Note(str):
    """A remark for whoever sits at the terminal: printed on stderr, so that stdout holds results alone."""
