"""Lists, reports and the year in numbers, as pages, workbooks and papers."""
