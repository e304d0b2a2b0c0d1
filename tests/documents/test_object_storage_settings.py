"""Where documents are kept, as settings say it; half a setting is told in words, before anything is stored."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from caluso_perf.object_storage import documents_store

FOLDER = Path("documenti")


def store(bucket="", endpoint_url="", region="", prefix="", keys=("", "")):
    return documents_store(FOLDER, bucket=bucket, endpoint_url=endpoint_url, region=region, prefix=prefix, keys=keys)


def test_without_a_bucket_documents_lie_in_their_folder():
    assert store() == {"BACKEND": "documents.whole_files.WholeFileStorage", "OPTIONS": {"location": FOLDER}}
    assert store(keys=("a", "b")) == store()


@pytest.mark.parametrize(
    ("half", "sentence"),
    [
        ({"region": "eu-south-1", "prefix": "x"}, "S3_REGION, S3_PREFIX without S3_BUCKET"),
        ({"endpoint_url": "https://s3.esempio.it"}, "S3_ENDPOINT_URL without S3_BUCKET"),
        ({"bucket": "documenti", "keys": ("a", "")}, "one is there without the other"),
        ({"bucket": "documenti", "keys": ("", "b")}, "one is there without the other"),
        ({"bucket": "documenti", "endpoint_url": "s3.esempio.it"}, "must begin with https://"),
        ({"bucket": "documenti", "endpoint_url": "http://s3.esempio.it"}, "must begin with https://"),
    ],
)
def test_half_a_setting_is_refused(half, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        store(**half)


def test_with_a_bucket_they_go_there_or_the_missing_packages_are_named():
    whole = {"bucket": "documenti", "endpoint_url": "http://127.0.0.1:9000", "prefix": "caluso-perf"}
    if find_spec("storages") and find_spec("boto3"):
        told = {"bucket_name": "documenti", "location": "caluso-perf", "region_name": None}
        assert store(**whole)["OPTIONS"] == told | {"endpoint_url": whole["endpoint_url"]}
    else:
        with pytest.raises(ImproperlyConfigured, match=r"pip install .* -r requirements-s3\.txt"):
            store(**whole)
