"""Threats: GuardDuty on in every region, with the plans that see AI workloads, and read."""
