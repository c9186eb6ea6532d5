"""What the worker does for certificates."""

from __future__ import annotations

from trainings.operations import certificate_batches


def issue_certificates(batch_id: int) -> None:
    """Issue a batch of certificates that was ordered just now."""
    certificate_batches.work_off(batch_id)


def continue_certificates() -> int:
    """Take up batches whose worker was lost; gives how many there were. Every minute."""
    lost = certificate_batches.lost()
    for batch_id in lost:
        certificate_batches.work_off(batch_id)
    return len(lost)
