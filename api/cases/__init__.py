"""``/api/cases``: customers' matters, whole."""
