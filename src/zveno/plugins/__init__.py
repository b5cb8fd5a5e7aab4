"""Plugins: folders that join the house to the outside (accounting, carriers, payments); each can be deleted."""
