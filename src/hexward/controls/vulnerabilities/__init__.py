"""Vulnerabilities: every image, function and notebook scanned, pinned and on a supported platform."""
