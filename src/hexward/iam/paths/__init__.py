"""Paths: how someone gains the rights of someone else, or data, step by step, and which change stops most of it."""
