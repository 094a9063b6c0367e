"""From the bytes of a file to plain records, refusing by name whatever would not run right."""
