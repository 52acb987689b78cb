"""The verifier of a folder finds whatever was changed in it."""

import shutil

import office
import pytest
from yicha_spec.folder import check
from yicha_spec.text import Refused


@pytest.fixture(params=["sha256", "sm3"])
def folder(request, tmp_path):
    office.work(tmp_path / "draw", request.param)
    return tmp_path / "draw"


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_true_folder_holds(folder):
    said = check(folder)
    assert said[2] == "internal: draw and 1 matchings repeated, 1 shortages proved"
    shutil.rmtree(folder / "internal")
    assert check(folder) == said[:2]


def test_a_changed_byte_in_any_file_is_found(folder):
    for path in files(folder):
        true = path.read_bytes()
        for at in range(0, len(true), max(1, len(true) // 7)):
            changed = bytes([true[at] ^ 1])
            path.write_bytes(true[:at] + changed + true[at + 1 :])
            with pytest.raises(Refused):
                check(folder)
        path.write_bytes(true)
    check(folder)


def test_a_missing_file_is_found(folder):
    for path in files(folder):
        if path.parent.name == "slips":
            continue  # not every target asks for its slip
        true = path.read_bytes()
        path.unlink()
        with pytest.raises(Refused):
            check(folder)
        path.write_bytes(true)
    check(folder)


def test_another_draws_file_is_found(folder, tmp_path):
    office.work(tmp_path / "other", number=61)
    for path in files(folder):
        other = tmp_path / "other" / path.relative_to(folder)
        if not other.exists():
            continue
        true = path.read_bytes()
        path.write_bytes(other.read_bytes())
        with pytest.raises(Refused):
            check(folder)
        path.write_bytes(true)
    check(folder)
