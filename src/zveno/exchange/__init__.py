"""The ERP hub: connections, sessions, the inbox and its application, the outbox.

One canonical language (`rules.messages`) for all formats. Not here: how a particular system speaks (that is
`plugins/erp/<name>`).
"""
