"""Company: members, invitations, legal entities, keys, history."""
