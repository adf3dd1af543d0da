"""A real SSH server: whoever holds a key gets examtui as her own user, and nothing else."""

import os
import pty
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pupils import eleve, siecle

from examtui.access import actor_for
from examtui.access.login import system_login
from examtui.administration.keys import authorized_key
from examtui.administration.setup import Setup, initialise
from examtui.administration.users import add_user, grant_role
from examtui.home import connected
from examtui.model.identity import Role

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (Path(SSHD).exists() and shutil.which("ssh")), reason="no SSH server on this machine"),
]


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[list[str]]:
    """The ``ssh`` command line of «lea», whose key is tied to her user by ``users key``."""
    for name in ("host", "lea"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    program = tmp_path / "examtui"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(Path.cwd())!r})\n"
        "from examtui.__main__ import main\nmain()\n"
    )
    program.chmod(0o755)
    home = initialise(tmp_path / "home", Setup("16", "0310038Y", "LPO BELLEVUE", "Chef"))
    with connected():
        admin = actor_for(system_login())
        add_user(admin, "lea", "Léa Petit")
        line = authorized_key(admin, "lea", (tmp_path / "lea.pub").read_text(), str(program), home.path)
    (tmp_path / "authorized_keys").write_text(f"{line}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\n"
        f"HostKey {tmp_path}/host\nAuthorizedKeysFile {tmp_path}/authorized_keys\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile none\nPermitRootLogin yes\n"
        "Subsystem sftp internal-sftp\n"
    )
    separation = Path("/run/sshd")
    made = os.getuid() == 0 and not separation.exists()
    if made:
        separation.mkdir(mode=0o755)
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(tmp_path / "sshd_config")], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "IdentitiesOnly=yes"]
        yield [
            *("ssh", "-F", "none", "-p", str(port), "-i", str(tmp_path / "lea")),
            *(f"-o{option}" for option in options),
            f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1",
        ]
    finally:
        server.terminate()
        server.wait(timeout=30)
        if made:
            separation.rmdir()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server never listened")


@pytest.mark.parametrize(
    "asked", [["id"], ["examtui users list"], ["examtui --as chef candidates search"], ["-s", "sftp"]]
)
def test_another_command_is_not_run(ssh: list[str], asked: list[str]) -> None:
    done = subprocess.run([*ssh, *asked], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "-s" in asked or "Par SSH, seules les commandes" in done.stderr


def test_a_file_is_sent_and_a_list_received(ssh: list[str]) -> None:
    with connected():
        chief = actor_for(system_login())
        grant_role(chief, "lea", Role.SCHOOL, "0310038Y")
    sent = subprocess.run(
        [*ssh, "import", "students", "-", "--yes"], input=siecle([eleve(1)]), capture_output=True, timeout=60
    )
    assert (sent.returncode, sent.stderr) == (0, b"")
    received = subprocess.run([*ssh, "candidates", "search", "--csv"], capture_output=True, timeout=60)
    assert (received.returncode, received.stderr) == (0, b"")
    assert len(received.stdout.splitlines()) == 2


def test_the_key_opens_the_screens_of_its_user(ssh: list[str]) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    client = subprocess.Popen([*ssh, "-t"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    deadline = time.monotonic() + 60
    try:
        while b"Petit" not in shown and time.monotonic() < deadline:
            shown += os.read(ours, 65536)
        os.write(ours, b"\x11")
        while client.poll() is None and time.monotonic() < deadline:
            shown += os.read(ours, 65536)
    except OSError:
        pass
    assert client.wait(timeout=60) == 0
    os.close(ours)
    assert b"Petit" in shown
