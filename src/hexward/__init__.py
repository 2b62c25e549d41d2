"""Hexward audits AI workloads on AWS by six practices and proves that they hold."""
