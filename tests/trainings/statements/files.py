"""Statements as banks send them, made from a few facts."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

HEADINGS = ("Датум", "Прималац/Платилац", "Рачун", "Одобрење", "Задужење", "Позив на број", "Сврха")
COLUMNS = {
    "booked_on": 0,
    "payer": 1,
    "payer_account": 2,
    "amount": 3,
    "outgoing": 4,
    "reference": 5,
    "purpose": 6,
}


def entry(
    amount: str,
    reference: str = "",
    *,
    day: str = "2026-11-20",
    payer: str = "Милица Петровић",
    number: str = "",
    purpose: str = "",
    way: str = "CRDT",
    state: str = "<Sts>BOOK</Sts>",
) -> str:
    """One entry of a CAMT.053."""
    side = "Dbtr" if way == "CRDT" else "Cdtr"
    own = f"<AcctSvcrRef>{number}</AcctSvcrRef>" if number else ""
    remittance = (
        f"<Strd><CdtrRefInf><Ref>{escape(reference)}</Ref></CdtrRefInf></Strd>" if reference else ""
    ) + (f"<Ustrd>{escape(purpose)}</Ustrd>" if purpose else "")
    return f"""<Ntry><Amt Ccy="RSD">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{state}
      <BookgDt><Dt>{day}</Dt></BookgDt>{own}
      <NtryDtls><TxDtls>
        <RltdPties><{side}><Nm>{escape(payer)}</Nm></{side}>
          <{side}Acct><Id><Othr><Id>165000000000005574</Id></Othr></Id></{side}Acct></RltdPties>
        <RmtInf>{remittance}</RmtInf>
      </TxDtls></NtryDtls></Ntry>"""


def camt(*entries: str, version: str = "02") -> bytes:
    """A whole CAMT.053 of the Centre's account."""
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{space}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>
<Acct><Id><Othr><Id>840000000095584510</Id></Othr></Id></Acct>{"".join(entries)}</Stmt>
</BkToCstmrStmt></Document>""".encode()


def table(rows: Iterable[Iterable[str]], *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A bank's CSV with a title over its headings."""
    lines = [["Извод 12"], HEADINGS, *rows]
    quoted = (separator.join(f'"{cell}"' for cell in line) for line in lines)
    return "\r\n".join(quoted).encode(encoding)


def row(amount: str, reference: str = "", *, payer: str = "Милица Петровић") -> tuple[str, ...]:
    """One incoming payment of a CSV."""
    return ("20.11.2026.", payer, "165-55-74", amount, "", reference, "Котизација")
