"""What: who did what to whom, when, where, how sure, and who says so."""
