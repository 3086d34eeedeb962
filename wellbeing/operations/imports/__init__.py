"""Taking in files: people, absences, policy. All or nothing, and the same twice."""
