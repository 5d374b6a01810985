"""What is kept: documents and their reports, families of copies, incidents and their history."""
