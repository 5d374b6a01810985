"""Looks for what is wrong in the files of knowledge: the inside of `detente knowledge check`.

Whoever corrects a table learns at once, with the line, what the program would trip over: an unknown
code, a phrase with two meanings, an office with two holders. Before it: `tables.py`, which reads
the files. After it: the command line, and the tests, which ask that the shipped files are clean.
It leaves out whether a fact is true: that is for people.
"""

from detente.knowledge.checks.finding import Finding, Rule, rules
from detente.knowledge.checks.run import check_files, check_shipped
from detente.knowledge.checks.show import Sighting, rows_with

__all__ = [
    "Finding",
    "Rule",
    "Sighting",
    "check_files",
    "check_shipped",
    "rows_with",
    "rules",
]
