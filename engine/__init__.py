"""Runs any BPMN process: definitions in, durable instances, tasks, timers, effects and history out.

Nothing here knows what a complaint or a refund is, except the connectors and the case service.
"""
