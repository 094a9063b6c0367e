"""What the engine does later: the scheduler only wakes, the executor claims and runs."""
