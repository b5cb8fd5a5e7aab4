"""The ERP hub: connections, sessions, the inbox and its application, the outbox, in one canonical language (`rules.messages`).

Not here: how a particular system speaks (that is `plugins/erp/<name>`).
"""
