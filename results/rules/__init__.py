"""What is reckoned on the results floor; no database, no clock."""
