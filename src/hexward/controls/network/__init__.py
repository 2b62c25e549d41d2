"""Network: private subnets, narrow security groups, and training, inference and data processing kept apart."""
