"""Reading foreign files: all or nothing, each error with its place."""
