"""What distributors sold on: reports in any layout, mapping, matching, checks, accepted lines."""
