"""Measured figures: what a clerk waits for, against a baseline taken in the same run.

Ratios, because times alone tell more of the machine than of the program. Nothing here is asserted; the
tests do not time anything.
"""
