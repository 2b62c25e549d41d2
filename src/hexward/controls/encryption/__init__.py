"""Encryption: keys that the customer manages and rotates every year, on everything that holds AI data."""
