"""What is reckoned on the partners floor; no database, no clock."""
