"""Settings, routes, the WSGI entry and the `werkpfad` command."""
