"""The doors of the closed site: a request for a cabinet, an invitation. Nobody is signed in yet."""
