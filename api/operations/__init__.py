"""``/api/history``, ``/api/timers``, ``/api/incidents``: for those who look after the whole."""
