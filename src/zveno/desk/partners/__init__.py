"""The desk's partners: companies, entities, terms, registrations, heads of cabinets."""
