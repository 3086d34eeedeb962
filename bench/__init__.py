"""Benchmarks: one file each, run by hand; they print ratios, and are no tests."""
