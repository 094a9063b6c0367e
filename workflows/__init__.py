"""Process models, decisions and element templates: what the business edits. No code."""
