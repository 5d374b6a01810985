"""What the program knows, as files that a political scientist can read and correct."""
