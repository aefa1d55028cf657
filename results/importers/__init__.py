"""Reading foreign files about results: errors as line, place, cause and what to do."""
