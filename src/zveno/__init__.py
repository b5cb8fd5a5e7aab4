"""Zveno joins a manufacturer, its distributors and their dealers: portal, ERP hub and sell-out."""
