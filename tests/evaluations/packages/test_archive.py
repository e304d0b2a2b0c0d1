"""A package as a zip: the same bytes whenever it is made, and every hash in it right."""

import datetime as dt
import hashlib
import io
import subprocess
import zipfile

from evaluations.packages.archive import with_index, zipped
from evaluations.packages.index import Line

FILES = [("schede/001.pdf", b"prima"), ("schede/002.pdf", b"seconda")]
LINES = [Line(path, path, hashlib.sha256(content).hexdigest()) for path, content in FILES]
MOMENT = dt.datetime(2026, 12, 1, 9, 30, 15, tzinfo=dt.UTC)


def archive(moment=MOMENT):
    return zipped(*with_index(["Fascicolo"], LINES), FILES, moment)


def test_the_same_files_make_the_same_bytes():
    assert archive() == archive(MOMENT.astimezone(dt.timezone(dt.timedelta(hours=1))))
    assert zipfile.ZipFile(io.BytesIO(archive())).infolist()[0].date_time == (2026, 12, 1, 9, 30, 14)


def test_every_hash_is_right_once_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(io.BytesIO(archive())) as unpacked:
        assert unpacked.namelist() == ["INDICE.txt", "SHA256SUMS", "schede/001.pdf", "schede/002.pdf"]
        unpacked.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert checked.stdout.splitlines() == ["INDICE.txt: OK", "schede/001.pdf: OK", "schede/002.pdf: OK"]


def test_a_moment_before_the_first_that_a_zip_knows_is_that_one():
    early = zipfile.ZipFile(io.BytesIO(archive(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))))
    assert early.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
