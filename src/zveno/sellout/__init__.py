"""What distributors sold on: reports in any layout, mapping, matching to the manufacturer's products, checks, accepted lines."""
