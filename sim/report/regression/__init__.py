"""What is told of a check: terminal, page, and the forms that CI systems read."""
