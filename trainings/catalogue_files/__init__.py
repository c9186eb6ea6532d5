"""The catalogue of programmes as a file: imported from CSV and XLSX, exported to the same columns.

A file becomes a `Sheet` of plain texts (reading, and centar.sheets). `plan.make` compares it
with the catalogue and only reads the database: it says for every row what is new, what changes,
what stays and what is wrong. `operations.import_catalogue` makes the same plan again under locks
and writes it only if it is what the person has seen.

django-import-export gives the back office its addresses, buttons and the list to be exported
(formats, trainings.admin.catalogue_files). Its import is not used: it cannot write many-to-many
fields in bulk, its trial run writes and takes back, and its second step reads a file that the
browser names and imports whatever the catalogue has become since.
"""
