"""Who you are: users, sign-in, second factor, sessions, API keys. Not which company you act for: that is `partners`."""
