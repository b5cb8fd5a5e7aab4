"""The person: profile, switching of company and entity, acting for a client, following of tasks."""
