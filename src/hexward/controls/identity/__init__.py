"""Identity: one role per workload, scoped to exactly the buckets, keys and APIs that it touches; MFA for every human."""
