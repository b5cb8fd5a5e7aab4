"""Money: a buyer's settlements, documents, receivables, mail; a seller's clients, their credit, differences."""
