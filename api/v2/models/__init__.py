"""JSON shapes of the Camunda 8 contract, one module per resource."""
