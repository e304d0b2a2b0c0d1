"""A certification authority of the tests' own, people with certificates from it, and what they sign."""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from documents.apart import apart

PASSWORD = "prova"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    """Who holds a certificate and its key; `issuer` is the authority's certificate."""

    key: Any
    certificate: x509.Certificate
    issuer: x509.Certificate

    @property
    def p12(self) -> bytes:
        """The .p12 that a certification authority gives out, with PASSWORD."""
        secret = BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(b"prova", self.key, self.certificate, [self.issuer], secret)

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    def _signer(self) -> SimpleSigner:
        return SimpleSigner.load_pkcs12_data(self.p12, other_certs=[], passphrase=PASSWORD.encode())

    def sign(self, pdf: bytes, *, field: str = "Firma", box=None, stamper=None, md: str = "sha256") -> bytes:
        """The PDF signed (PAdES); `box` is where the signature shows on the first page."""
        metadata = PdfSignatureMetadata(field_name=field, md_algorithm=md, subfilter=SigSeedSubFilter.PADES)
        spec = SigFieldSpec(field, on_page=0, box=box) if box else None
        signer = PdfSigner(metadata, signer=self._signer(), timestamper=stamper, new_field_spec=spec)
        return apart(lambda: signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))).getvalue()

    def envelope(self, content: bytes, *, detached: bool = False) -> bytes:
        """The content in a .p7m (CAdES), or its signature alone."""
        return self.envelope_asn1(content, detached=detached).dump()

    def envelope_asn1(self, content: bytes, *, detached: bool = False) -> Any:
        """The same, to be taken apart."""
        signing = self._signer().async_sign_general_data(content, "sha256", detached=detached)
        return apart(lambda: asyncio.run(signing))

    def stamper(self) -> DummyTimeStamper:
        """An authority of time stamps, which says that it is now."""
        key = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        certificate = asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        return DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(key), fixed_dt=datetime.now(UTC))


def authority(name: str) -> Holder:
    """An authority that has signed its own certificate."""
    return _issued(name, None, _usage(certificates=True), x509.BasicConstraints(ca=True, path_length=None))


def person(name: str, of: Holder, *, since: timedelta = timedelta(days=1), until: timedelta = YEAR) -> Holder:
    """Somebody with a certificate of an authority, valid from `since` ago for `until` from now."""
    return _issued(name, of, _usage(), x509.BasicConstraints(ca=False, path_length=None), since=since, until=until)


def time_authority(name: str, of: Holder) -> Holder:
    """Who may give time stamps. The one at hand for tests needs an RSA key."""
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issued(name, of, _usage(), stamps, key=rsa.generate_private_key(65537, 2048))


def _issued(name, of, *extensions, since=timedelta(days=1), until=YEAR, key=None) -> Holder:
    key = key or ec.generate_private_key(ec.SECP256R1())
    issuer = of.certificate.subject if of else _named(name)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - since)
        .not_valid_after(now + until)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    certificate = builder.sign(of.key if of else key, hashes.SHA256())
    return Holder(key, certificate, of.certificate if of else certificate)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates, content_commitment=not certificates, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=certificates, crl_sign=certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
