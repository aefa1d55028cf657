"""What is reckoned on the claims floor; no database, no clock."""
