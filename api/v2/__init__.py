"""The Camunda 8 Orchestration Cluster REST API, version 8.9/8.10, as far as Redress has it.

Shapes are the contract's; extras live under /api. `models` are the JSON shapes, the other
modules the routes, one per resource.
"""
