"""The rules of paying in Serbia: accounts, references, slips, amounts, statements; no rows."""
