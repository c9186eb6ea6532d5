"""CSV and XLSX as rows of plain texts, read and written so that nothing becomes a formula."""
