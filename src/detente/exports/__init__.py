"""Where rows go: the shapes in which a Coding leaves the program."""
