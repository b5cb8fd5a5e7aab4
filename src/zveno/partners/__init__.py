"""Companies and the people in them: legal entities, members, roles, regions, trade terms, and the scope they give.

Words: a *company* is a cabinet; a *legal entity* buys or sells under its own INN; a *member* is a person with a role in
a company and a set of its entities; *trade terms* tie a buyer's entity to a seller. Not here: prices, orders, money.
"""
