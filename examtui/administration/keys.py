"""The line that ties a person's SSH key to a user (DESIGN.md, «Identity and access»)."""

import base64
import binascii
import re
import shlex
from pathlib import Path

from examtui.access import Actor, Permission, use_case
from examtui.administration.users import read_user
from examtui.errors import InvalidInput

_TYPES = (
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
_COMMENT = re.compile(r"[^\x00-\x1f\x7f]*")


@use_case("users.key", Permission.MANAGE_USERS)
def authorized_key(actor: Actor, login: str, public_key: str, program: str, home: Path) -> str:
    """Return the ``authorized_keys`` line that lets the holder of ``public_key`` in as the user ``login``, and no more.

    ``program`` is the command that runs examtui, ``home`` the data folder that it is to open.

    Raises:
        NotFound: there is no such user.
        InvalidInput: it is no public key.
    """
    user = read_user(actor, login)
    kind, blob, comment = _parts(public_key)
    command = shlex.join([program, "--home", str(home), "--as", user.login])
    quoted = command.replace("\\", "\\\\").replace('"', '\\"')
    return f'command="{quoted}",restrict,pty {kind} {blob} {comment}'.rstrip()


def _parts(public_key: str) -> tuple[str, str, str]:
    """Type, base64 blob and comment of a public key as ``ssh-keygen`` writes it."""
    if "PRIVATE KEY" in public_key:
        raise InvalidInput(
            "C'est une clé privée, qui ne se donne à personne : prenez le fichier qui finit par «.pub».", "key"
        )
    lines = [line for line in public_key.strip().splitlines() if line.strip()]
    words = lines[0].split(None, 2) if len(lines) == 1 else []
    if len(words) < 2 or words[0] not in _TYPES or not _holds(words[0], words[1]) or not _COMMENT.fullmatch(lines[0]):
        raise InvalidInput(
            "Ce n'est pas une clé publique SSH : donnez la ligne du fichier «.pub», par exemple «ssh-ed25519 AAAA…».",
            "key",
        )
    return words[0], words[1], words[2] if len(words) > 2 else ""


def _holds(kind: str, blob: str) -> bool:
    """Tell whether a key's blob is base64 and begins with its own type, as RFC 4253 section 6.6 has it."""
    try:
        content = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return False
    length = int.from_bytes(content[:4], "big")
    return content[4 : 4 + length] == kind.encode() and len(content) > 4 + length
