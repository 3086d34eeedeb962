"""Taking in files: supervisors, events, sessions. All or nothing, and the same twice."""
