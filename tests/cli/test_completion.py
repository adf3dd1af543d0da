"""Completion: the scripts are what each shell takes, and bash really completes with ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from examtui.cli.run import run
from examtui.cli.table import COMMANDS


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment whose PATH holds an ``examtui`` that runs this checkout."""
    script = tmp_path / "examtui"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(Path.cwd())!r})\n"
        "from examtui.__main__ import main\nmain()\n"
    )
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def completed(program: dict[str, str], *words: str) -> list[str]:
    """What bash offers for the last word of a line."""
    line = " ".join(f"'{word}'" for word in words)
    script = (
        'eval "$(examtui completion bash)"\n'
        f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMPREPLY=()\n"
        '_examtui_completion examtui; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], env=program, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_commands_options_and_choices(program: dict[str, str]) -> None:
    assert completed(program, "examtui", "") == list(COMMANDS)
    assert "--home" in completed(program, "examtui", "completion", "--")
    assert completed(program, "examtui", "completion", "z") == ["zsh"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_EXAMTUI_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script)
        assert subprocess.run([shell, "-n", str(path)], capture_output=True).returncode == 0
