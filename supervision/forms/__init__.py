"""Forms of sessions: what is typed becomes a dictionary, or a sentence beside its field."""
