"""Camunda Forms (form-js schemas), checked again on the server."""
