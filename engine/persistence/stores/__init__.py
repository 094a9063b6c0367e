"""One module of functions per aggregate; each takes the connection of the running transaction."""
