"""The Django ground without a business word: database roles, scope and row security, audit, jobs, files, clock, request ids."""
