"""How often strangers may write here."""

from datetime import timedelta

from werkpfad.base.core.throttle import Limit

REGISTRATIONS_PER_BROWSER = Limit("registration-browser", 5, timedelta(hours=1))
REGISTRATIONS_PER_ADDRESS = Limit("registration-address", 3, timedelta(days=1))
REGISTRATIONS_ANYWHERE = Limit("registration-instance", 200, timedelta(hours=1))
RENEWALS = Limit("invitation-renewal", 3, timedelta(days=1))
BROWSER = "registration_browser"
