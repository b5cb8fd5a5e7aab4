"""The Django ground without a business word: roles, scope, row security, audit, jobs, files, clock, events."""
