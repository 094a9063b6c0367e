"""``/api/processes``, ``/api/drafts`` and their like: what process owners work on."""
