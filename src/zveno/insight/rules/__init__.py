"""Pure rules of insight: periods, tables out of monthly figures, what stands out."""
