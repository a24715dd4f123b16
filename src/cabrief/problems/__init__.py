"""What is wrong with fact files: values, their codes, and how they print."""
