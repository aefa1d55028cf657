"""Long failure tests: many writers at one envelope, and processes killed while they write."""
