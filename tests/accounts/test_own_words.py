"""Pages and letters around sign-in speak our words: wholly Russian, wholly English, in the reader's language."""

from __future__ import annotations

import html
import json
import re
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client, RequestFactory
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import world

from zveno.accounts.models import User

pytestmark = pytest.mark.django_db

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36"
# The words of Latin letters that Russian takes as they are.
BORROWED = {"USB", "PIN"}
NAMES = {"ru": "Ноутбук", "en": "Laptop"}
SPOKEN = pytest.mark.parametrize("language", ["ru", "en"])


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def person(language: str, **fields: Any) -> User:
    """A viewer of a dealer who reads in `language`."""
    viewer = world.dealer().viewer
    User.objects.filter(pk=viewer.pk).update(language=language, **fields)
    viewer.refresh_from_db()
    return viewer


def made_credential(challenge: str, *, alone: bool) -> dict[str, Any]:
    """What a browser gives for a new key of a device, as it comes from JavaScript."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    identity = sha256(challenge.encode()).digest()
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    attested = AttestedCredentialData.create(b"\0" * 16, identity, public)
    told = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, attested)
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, challenge, "https://testserver")
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": alone}},
    }


def key_of(owner: User, name: str, *, alone: bool = True) -> Authenticator:
    data = {"name": name, "credential": made_credential(websafe_encode(name.encode()), alone=alone)}
    return Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data)


def guarded(language: str) -> User:
    """A person with every second step there is: an app, two keys, recovery codes."""
    owner = person(language)
    TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(owner)
    key_of(owner, NAMES[language])
    key_of(owner, NAMES[language] + " 2", alone=False)
    return owner


def entered(owner: User) -> Client:
    """A client of `owner` who has just shown the password."""
    client = world.sign_in(Client(), owner)
    assert client.post("/accounts/reauthenticate/", {"password": world.PASSWORD}).status_code == 302
    return client


def shown(page: str) -> str:
    """What a reader sees or hears of a page: title, main part, foot; texts and spoken attributes."""
    parts = re.findall(r"<title>.*?</title>|<main.*?</main>|(?<=</main>)\s*<footer>.*?</footer>", page, re.DOTALL)
    told = re.sub(r"<(script|textarea|noscript).*?</\1>", " ", " ".join(parts), flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|alt|title|data-label|placeholder)="([^"]*)"', told)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", told), *spoken]))


def strange(text: str, language: str) -> set[str]:
    """Words of the other language."""
    if language == "en":
        return set(re.findall(r"[А-Яа-яЁё]+", text))
    return set(re.findall(r"[A-Za-z]{2,}", text)) - BORROWED


PAGES = {
    "/accounts/reauthenticate/": ("Подтвердите вход", "Confirm that it is you"),
    "/accounts/2fa/reauthenticate/": ("резервных кодов", "recovery codes"),
    "/accounts/2fa/webauthn/reauthenticate/": ("Использовать ключ", "Use a key"),
    "/accounts/2fa/": ("Добавлено 2 ключа.", "2 keys are added."),
    "/accounts/2fa/totp/deactivate/": ("Выключить коды из приложения?", "Turn off codes from an app?"),
    "/accounts/2fa/webauthn/": ("Переименовать", "Rename"),
    "/accounts/2fa/webauthn/add/": ("Название", "Name"),
    "/accounts/2fa/webauthn/keys/{key}/edit/": ("Название", "Name"),
    "/accounts/2fa/webauthn/keys/{key}/remove/": (
        "Войти с ключом «Ноутбук» будет нельзя.",
        "“Laptop” will not let you",
    ),
    "/accounts/2fa/recovery-codes/": ("10 неиспользованных кодов", "10 unused codes"),
    "/accounts/2fa/recovery-codes/generate/": ("Оставшиеся 10 кодов перестанут", "The 10 codes that are left stop"),
}


@SPOKEN
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_second_step_is_in_one_language(path: str, language: str) -> None:
    owner = guarded(language)
    key = Authenticator.objects.filter(user=owner, type=Authenticator.Type.WEBAUTHN).earliest("id")
    page = entered(owner).get(path.format(key=key.pk))
    assert page.status_code == 200
    text = shown(page.content.decode())
    assert PAGES[path][language == "en"] in text
    assert strange(text, language) == set()


@SPOKEN
def test_the_second_step_of_sign_in_is_in_one_language_also_when_the_code_is_wrong(language: str) -> None:
    owner = guarded(language)
    client = Client(headers={"accept-language": language})
    client.post("/accounts/login/", {"login": owner.email, "password": world.PASSWORD})
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert 'id="mfa_webauthn_authenticate"' in page
    assert strange(shown(page), language) == set()
    wrong = shown(client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode())
    assert {"ru": "Код или ключ не подходит.", "en": "This code or key does not fit."}[language] in wrong
    assert strange(wrong, language) == set()


def test_who_has_no_key_is_not_offered_one_at_the_second_step() -> None:
    owner = person("ru")
    TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post("/accounts/login/", {"login": owner.email, "password": world.PASSWORD})
    assert "mfa_webauthn_authenticate" not in client.get("/accounts/2fa/authenticate/").content.decode()


@SPOKEN
def test_a_wrong_password_on_confirming_is_told_in_one_language(language: str) -> None:
    client = world.sign_in(Client(), guarded(language))
    text = shown(client.post("/accounts/reauthenticate/", {"password": "wrong-password-1"}).content.decode())
    assert {"ru": "Пароль не подходит.", "en": "This password does not fit."}[language] in text
    assert strange(text, language) == set()


@SPOKEN
def test_an_empty_list_says_how_a_key_gets_there(language: str) -> None:
    text = shown(world.sign_in(Client(), person(language)).get("/accounts/2fa/webauthn/").content.decode())
    assert {"ru": "Ключей пока нет", "en": "No keys yet"}[language] in text
    assert strange(text, language) == set()


def test_the_list_tells_which_key_lets_in_without_a_password() -> None:
    page = shown(entered(guarded("ru")).get("/accounts/2fa/webauthn/").content.decode())
    rows = re.findall(r"(Ноутбук(?: 2)?)\s+(пускает \w+ пароля)", page)
    assert rows == [("Ноутбук", "пускает без пароля"), ("Ноутбук 2", "пускает после пароля")]


def test_recovery_codes_are_copied_and_downloaded_as_they_are_shown() -> None:
    owner = guarded("ru")
    codes = Authenticator.objects.get(user=owner, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    client = entered(owner)
    page = html.unescape(client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert f'data-copy="{chr(10).join(codes)}"' in page
    assert re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1].split() == codes  # type: ignore[index]
    download = client.get("/accounts/2fa/recovery-codes/download/")
    assert download.content.decode().split() == codes
    assert download.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'


@SPOKEN
def test_a_key_is_named_by_its_number_until_its_owner_names_it(language: str) -> None:
    page = entered(person(language)).get("/accounts/2fa/webauthn/add/").content.decode()
    assert f'value="{ {"ru": "Ключ 1", "en": "Key 1"}[language] }"' in page


def add_key(client: Client, name: str) -> Any:
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()
    options = json.loads(re.search(r'id="js_data"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    challenge = options["creation_options"]["publicKey"]["challenge"]
    credential = json.dumps(made_credential(challenge, alone=False))
    return client.post("/accounts/2fa/webauthn/add/", {"name": name, "credential": credential}, follow=True)


@SPOKEN
def test_adding_a_key_leads_to_the_recovery_codes_in_one_language(language: str) -> None:
    owner = person(language)
    page = add_key(entered(owner), NAMES[language])
    assert page.redirect_chain == [("/accounts/2fa/recovery-codes/", 302)]
    text = shown(page.content.decode())
    assert {"ru": "Ключ добавлен", "en": "The key is added"}[language] in text
    assert strange(text, language) == set()


def test_a_long_name_of_a_key_is_cut_since_the_device_keeps_the_key_already() -> None:
    owner = person("ru")
    add_key(entered(owner), "я" * 100)
    assert Authenticator.objects.get(user=owner, type=Authenticator.Type.WEBAUTHN).wrap().name == "я" * 60


def test_a_form_sent_without_a_key_says_what_to_do() -> None:
    page = entered(person("ru")).post("/accounts/2fa/webauthn/add/", {"name": "Ноутбук"})
    assert "Браузер не передал ключ. Нажмите «Добавить ключ»" in shown(page.content.decode())


# Letters

LETTERS = {
    "account/email/password_changed": ("Звено: пароль изменён", "Zveno: the password is changed"),
    "account/email/password_reset": ("Звено: задан новый пароль", "Zveno: a new password is set"),
    "account/email/password_set": ("Звено: задан пароль", "Zveno: a password is set"),
    "mfa/email/totp_activated": ("Звено: коды из приложения включены", "Zveno: codes from an app are turned on"),
    "mfa/email/totp_deactivated": ("Звено: коды из приложения выключены", "Zveno: codes from an app are turned off"),
    "mfa/email/webauthn_added": ("Звено: добавлен ключ доступа", "Zveno: a key is added"),
    "mfa/email/webauthn_removed": ("Звено: удалён ключ доступа", "Zveno: a key is removed"),
    "mfa/email/recovery_codes_generated": ("Звено: новые резервные коды", "Zveno: new recovery codes"),
}


def letter() -> tuple[str, str, str]:
    """Subject, text and receiver of the letter that waits in the queue."""
    job = ProcrastinateJob.objects.filter(task_name="accounts.deliver_mail").latest("id")
    return job.args["subject"], job.args["text"], job.args["to"][0]


def own_words(text: str) -> str:
    """The letter without addresses and what the browser is called."""
    return re.sub(r"https?://\S+|\S+@\S+|Chrome 141, Windows|UTC[+-]\d\d:\d\d", "", text)


def told_of_a_change(template: str, owner: User) -> None:
    """What allauth does after a change of `owner`'s."""
    request = RequestFactory(headers={"user-agent": CHROME}).post("/", REMOTE_ADDR="198.51.100.7")
    request.user, request.session = owner, world.sign_in(Client(), owner).session
    with request_context(request):
        get_adapter().send_notification_mail(template, owner)


@SPOKEN
@pytest.mark.parametrize("template", LETTERS)
def test_a_letter_on_a_change_is_in_the_readers_language_and_tells_what_to_do(template: str, language: str) -> None:
    owner = person(language)
    told_of_a_change(template, owner)
    subject, text, to = letter()
    assert (subject, to) == (LETTERS[template][language == "en"], owner.email)
    assert strange(own_words(f"{subject} {text}"), language) == set()
    assert "http://localhost:8000/accounts/password/reset/" in text
    assert "http://localhost:8000/accounts/2fa/" in text


def test_a_letter_on_a_change_says_when_and_from_where_on_the_readers_clock() -> None:
    owner = person("ru", time_zone="Asia/Vladivostok")
    told_of_a_change("account/email/password_changed", owner)
    _, text, _ = letter()
    moment = re.search(r"Когда: (\d\d\.\d\d\.\d{4}\xa0\d\d:\d\d UTC\+10:00)", text)
    assert moment is not None
    assert text == (
        "Пароль вашей учётной записи изменён.\n\n"
        "Если это сделали вы, ничего делать не нужно. Если не вы, в вашей учётной записи кто-то чужой: сразу задайте "
        "новый пароль (все будут выведены из неё) и сообщите администратору вашей компании.\n"
        "Новый пароль: http://localhost:8000/accounts/password/reset/\n"
        "Двухэтапный вход: http://localhost:8000/accounts/2fa/\n\n"
        f"Когда: {moment[1]}\n"
        "С адреса: 198.51.100.7\n"
        "Браузер: Chrome 141, Windows\n\n"
        f"Это письмо отправило Звено, http://localhost:8000, на адрес {owner.email}."
    )


def test_a_changed_password_is_told_by_mail() -> None:
    owner = person("en")
    client = world.sign_in(Client(), owner)
    new = "seven-green-doors-8"
    posted = client.post(
        "/accounts/password/change/", {"oldpassword": world.PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert letter()[0] == "Zveno: the password is changed"
    assert "The password is changed" in shown(posted.content.decode())


def asked(email: str, *, browser: str = CHROME, language: str = "ru") -> tuple[str, str, str]:
    headers = {"accept-language": language, "user-agent": browser}
    assert Client(headers=headers).post("/accounts/password/reset/", {"email": email}).status_code == 302
    return letter()


@SPOKEN
def test_a_link_for_a_new_password_comes_in_the_language_of_the_account_not_of_the_browser(language: str) -> None:
    owner = person(language)
    subject, text, to = asked(owner.email, language="en" if language == "ru" else "ru")
    titles = {"ru": "Звено: ссылка для нового пароля", "en": "Zveno: a link for a new password"}
    assert (subject, to) == (titles[language], owner.email)
    assert re.search(r"^http://testserver/accounts/password/reset/key/\S+$", text, re.MULTILINE)
    assert "Chrome 141, Windows" in text
    assert strange(own_words(f"{subject} {text}"), language) == set()


@SPOKEN
def test_a_letter_to_an_unknown_address_says_how_one_gets_an_account_and_offers_no_sign_up(language: str) -> None:
    subject, text, to = asked("nobody@example.com", language=language)
    titles = {"ru": "Звено: учётной записи с этим адресом нет", "en": "Zveno: no account has this address"}
    how = {"ru": "вас добавит администратор вашей компании", "en": "the administrator of your company"}
    assert (subject, to) == (titles[language], "nobody@example.com")
    assert how[language] in text
    assert "signup" not in text
    assert strange(own_words(f"{subject} {text}"), language) == set()


def test_what_a_stranger_calls_their_browser_does_not_get_into_a_letter() -> None:
    _, text, _ = asked(person("ru").email, browser="You have won: http://prize.example")
    assert "prize" not in text
    assert "Браузер: —" in text
