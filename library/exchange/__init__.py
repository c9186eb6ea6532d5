"""Records as other libraries send and take them.

Every format is read into `library.described.Described` and written from it. `iso2709` and `marcxml`
are the two envelopes of MARC; `marc21` and `unimarc` are the two meanings of its fields (COMARC is
UNIMARC with few differences, which the reader takes too); `tables` is CSV and XLSX. `reading`
guesses which of them a file is. pymarc holds the fields; it knows no UNIMARC and no JUS codes.
"""
