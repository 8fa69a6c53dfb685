"""Who decides: one file a role, and what every member decides whatever the role."""
