"""The authorized_keys line: one key, one user, one command."""

import base64
import shlex
from pathlib import Path
from typing import Any

import pytest

from examtui.access import Actor
from examtui.administration.keys import authorized_key
from examtui.errors import InvalidInput, NotFound
from examtui.home import Home
from examtui.model.identity import Role


def public_key(kind: str = "ssh-ed25519", inside: str | None = None) -> str:
    name = (inside or kind).encode()
    return f"{kind} {base64.b64encode(len(name).to_bytes(4, 'big') + name + bytes(36)).decode()}"


@pytest.fixture
def admin(home: Home, make: Any) -> Actor:
    make.user("lea")
    return make.actor(Role.ADMIN, login="chef")


def test_the_line_forces_the_command_of_that_user(admin: Actor) -> None:
    key = public_key()
    line = authorized_key(admin, "lea", f"{key} léa@poste\n", "/opt/ex am/examtui", Path('/srv/a "b"'))
    assert line.endswith(f'",restrict,pty {key} léa@poste')
    command = line.removeprefix('command="').partition('",restrict')[0].replace('\\"', '"').replace("\\\\", "\\")
    assert shlex.split(command) == ["/opt/ex am/examtui", "--home", '/srv/a "b"', "--as", "lea"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 pas-du-base64",
        public_key("ssh-dss"),
        public_key(inside="ssh-rsa"),
        f"{public_key()}\n{public_key()}",
        f"{public_key()} x\x1b[2J",
        f'command="sh" {public_key()}',
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_what_is_no_public_key_is_refused(admin: Actor, text: str) -> None:
    with pytest.raises(InvalidInput):
        authorized_key(admin, "lea", text, "examtui", Path("/srv"))


def test_the_user_must_exist(admin: Actor) -> None:
    with pytest.raises(NotFound):
        authorized_key(admin, "max", public_key(), "examtui", Path("/srv"))
