"""Lets `python -m hexward` stand for `hexward`."""

from hexward.cli import main

main()
