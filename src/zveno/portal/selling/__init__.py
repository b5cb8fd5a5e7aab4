"""Selling: the manager's list, orders of clients, clients and stock of the seller."""
