"""What facts are, and what holds on a day."""
