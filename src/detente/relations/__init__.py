"""What is made of the ledger: where two states stand, what comes next, and who was right.

Everything here is a pure function of happenings (`happening.py`) and a day: no database, no clock.
The methods and their sources are in `docs/relations.md`.
"""
