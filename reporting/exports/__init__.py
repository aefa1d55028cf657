"""Files that leave: written from what is recorded, in formats of others."""
