"""CDEK by its API v2: what a parcel costs, booking, the label, where it is, and the messages it sends by itself.

The API is described at api-docs.cdek.ru; the samples here are answers in its documented forms, written by us.
"""
