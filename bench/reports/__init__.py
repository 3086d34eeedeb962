"""What bench/coverage.py measures."""
