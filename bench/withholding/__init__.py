"""Populations to withhold from, and a reader who tries to work out what is withheld."""
