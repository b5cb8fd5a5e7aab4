"""The access table of the whole house: every URL name and what it demands. A test walks the resolver against it."""

from __future__ import annotations

from zveno.api.access import TABLE as API
from zveno.desk.access import TABLE as DESK
from zveno.partners.access import PUBLIC, SIGNED_IN, Access
from zveno.portal.access import TABLE as PORTAL

_HOUSE: dict[str, Access] = {
    "home": SIGNED_IN,
    "search": SIGNED_IN,
    "commerceml:exchange": Access(own_door="1С signs in by Basic authentication, then by the cookie of its session"),
    "commerceml:exchange-bare": Access(own_door="the same address without its last slash"),
    "carrier-message": Access(own_door="a carrier's system is known by the secret in the address"),
    "health-live": PUBLIC,
    "health-ready": PUBLIC,
    "ui:preferences": PUBLIC,
    "ui:guide": PUBLIC,
    "metrics": Access(own_door="answers loopback callers, or those with ZVENO_METRICS_TOKEN"),
}

_ACCOUNTS: dict[str, Access] = {
    **dict.fromkeys(
        (
            "account_login",
            "account_signup",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(
        (
            "account_logout",
            "account_change_password",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "usersessions_list",
        ),
        SIGNED_IN,
    ),
    "account_email": Access(closed="an address is changed by those who manage the company's people"),
    "account_confirm_email": Access(closed="goes with changing the address"),
    "account_email_verification_sent": Access(closed="goes with changing the address"),
    "account_set_password": Access(closed="an invited person sets it at the invitation, others by the reset link"),
    "account_confirm_login_code": Access(closed="there is no sign-in by code"),
}

TABLE: dict[str, Access] = {**_HOUSE, **_ACCOUNTS, **PORTAL, **DESK, **API}
