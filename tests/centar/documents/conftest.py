from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.core.cache import cache
from django.utils import translation

from tests.factories import documents

PASSPHRASE = "само за пробу"


@pytest.fixture(autouse=True)
def confirmation() -> Iterator[None]:
    with documents.registered(), translation.override("en"):
        yield


@pytest.fixture
def fresh_counts(db: None) -> Iterator[None]:
    """Nobody has asked before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away key on P-256 with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Проба")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("key") / "centar.p12"
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"centar", key, certificate, None, encryption)
    )
    return path


@pytest.fixture
def with_key(settings: Any, key_file: Path) -> None:
    settings.SIGNING_KEY = key_file
    settings.SIGNING_PASSPHRASE = PASSPHRASE
