"""Reports of all distributors: what came, what is late, what is doubtful."""
