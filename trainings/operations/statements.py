"""Bringing in a bank statement: looked at first, counted when it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.models import Payment, Proforma, Statement, StatementFormat, StatementRow
from trainings.operations import payment_settings
from trainings.payments.statements import camt, reading, tables
from trainings.permissions import payments as permissions
from trainings.queries import statements as queries
from trainings.queries.statements import PlannedRow

BATCH = 1000


@transaction.atomic
def upload(*, file_name: str, content: bytes, by: User) -> Statement:
    """Keep a statement to be looked at. Nothing is counted before it is confirmed.

    Refuses what is neither CAMT.053 nor a table.
    """
    demand(permissions.may_import_statements(by))
    if len(content) > reading.MOST_BYTES:
        raise Refusal(_("The file is larger than 20 MB. Divide it by months."), field="file")
    is_xml = reading.is_xml(content)
    try:
        if is_xml:
            camt.read(content)
        else:
            tables.table(content)
    except ValidationError as error:
        raise Refusal(error.messages[0], field="file") from None
    statement = Statement.objects.create(
        file_name=file_name[:200],
        kind=Statement.Kind.CAMT if is_xml else Statement.Kind.CSV,
        content=content,
        uploaded_by=by,
    )
    trail.record("trainings.upload_statement", statement, by=by, size=len(content))
    return statement


@transaction.atomic
def name_columns(
    *, statement_id: int, name: str, columns: Mapping[str, int], by: User
) -> StatementFormat:
    """Say what the columns of a bank's table hold; its next files are then read by themselves.

    Refuses without a day and an amount, and when the file cannot be read by these columns.
    """
    demand(permissions.may_import_statements(by))
    statement = _waiting(statement_id)
    assert statement.content is not None  # it waits
    content = bytes(statement.content)
    if not {"booked_on", "amount"} <= set(columns):
        raise Refusal(_("Choose at least the columns of the day and of the amount."))
    try:
        entries = tables.read(content, columns)
    except ValidationError as error:
        raise Refusal(error.messages[0]) from None
    if not entries:
        raise Refusal(_("With these columns no payment is found in the file."))
    known, _made = StatementFormat.objects.update_or_create(
        header=tables.table(content).header,
        defaults={"name": name[:80], "columns": dict(columns)},
    )
    trail.record("trainings.name_columns", known, by=by, statement=statement.pk)
    return known


@transaction.atomic
def confirm(*, statement_id: int, by: User) -> Statement:
    """Count the statement: each new incoming payment becomes a row, and pays for what it names.

    What was counted before, by this file or another, is not counted again, also when two people
    confirm at once. What only looks the same as a payment of another file is held until somebody
    says whether it is. Confirming twice is one confirming.
    """
    demand(permissions.may_import_statements(by))
    payment_settings.locked()
    statement = Statement.objects.select_for_update().get(pk=statement_id)
    if statement.confirmed_at is not None:
        return statement
    if queries.needs_columns(statement):
        raise Refusal(_("Say first what the columns of this file hold."))
    try:
        plan = queries.plan_of(statement)
    except ValidationError as error:
        raise Refusal(error.messages[0]) from None
    _write(statement, plan.rows, by)
    statement.content = None
    statement.confirmed_at = timezone.now()
    statement.confirmed_by = by
    statement.repeated = plan.repeated
    statement.outgoing = plan.outgoing
    statement.save()
    trail.record(
        "trainings.confirm_statement",
        statement,
        by=by,
        counted=sum(row.alike is None for row in plan.rows),
        held=sum(row.alike is not None for row in plan.rows),
        repeated=plan.repeated,
        outgoing=plan.outgoing,
    )
    return statement


@transaction.atomic
def discard(*, statement_id: int, by: User) -> None:
    """Forget a statement that was only looked at."""
    demand(permissions.may_import_statements(by))
    statement = _waiting(statement_id)
    trail.record("trainings.discard_statement", statement, by=by, file=statement.file_name)
    statement.delete()


def _waiting(statement_id: int) -> Statement:
    statement = Statement.objects.select_for_update().filter(pk=statement_id).first()
    if statement is None or statement.confirmed_at is not None:
        raise Refusal(_("This statement is counted already."))
    return statement


def _write(statement: Statement, planned: Sequence[PlannedRow], by: User) -> None:
    rows = StatementRow.objects.bulk_create(
        (
            StatementRow(
                statement=statement,
                fingerprint=one.fingerprint,
                booked_on=one.entry.booked_on,
                amount=one.entry.amount,
                payer=one.entry.payer,
                payer_account=one.entry.payer_account,
                reference=one.entry.reference,
                purpose=one.entry.purpose,
                bank_reference=one.entry.bank_reference,
                account=one.entry.account,
                outcome=one.outcome,
                assigned=one.entry.amount if one.proforma else 0,
                alike=one.alike,
            )
            for one in planned
        ),
        batch_size=BATCH,
    )
    paid: dict[int, Proforma] = {}
    made = []
    for one, row in zip(planned, rows, strict=True):
        if one.proforma is None:
            continue
        proforma = paid.setdefault(one.proforma.pk, one.proforma)
        proforma.paid += row.amount
        made.append(Payment(row=row, proforma=proforma, amount=row.amount, matched_by=by))
    Payment.objects.bulk_create(made, batch_size=BATCH)
    Proforma.objects.bulk_update(paid.values(), ["paid"], batch_size=BATCH)
