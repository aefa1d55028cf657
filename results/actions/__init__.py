"""What changes results: verifying, locking, taking files and published results in."""
