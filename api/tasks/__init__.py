"""``/api/user-tasks`` and ``/api/views``: what the work list and the page of a task ask for."""
