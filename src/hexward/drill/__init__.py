"""Emulated accounts on this machine, and the breaches that are replayed in them."""
