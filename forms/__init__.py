"""Camunda Forms (form-js JSON): what staff fill in. No code."""
