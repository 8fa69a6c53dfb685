"""Real communities: their event logs read, described, replayed and fitted."""
