"""The demonstration: invented people, built with the importers and the operations."""
