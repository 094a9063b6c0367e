"""``/v2/users`` and ``/v2/groups``: the administration of people, in the contract's shapes."""
