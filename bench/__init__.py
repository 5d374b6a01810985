"""Accuracy and speed, one command each: `python -m bench.NAME`."""
