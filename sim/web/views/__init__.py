"""What the page shows, as JSON: made by worker processes, in both languages at once."""
