"""What a file really is, from its first bytes: names and endings lie."""

import io
import zipfile

from .errors import TableError

_MAGIC = (
    (b"%PDF", "not_a_table", "PDF"),
    (b"\x89PNG", "not_a_table", "picture"),
    (b"\xff\xd8\xff", "not_a_table", "picture"),
    (b"GIF8", "not_a_table", "picture"),
    (b"BM\x00\x00", "not_a_table", "picture"),
    (b"II*\x00", "not_a_table", "picture"),
    (b"MM\x00*", "not_a_table", "picture"),
    (b"\x1f\x8b", "archive", "gzip"),
    (b"Rar!", "archive", "rar"),
    (b"7z\xbc\xaf", "archive", "7z"),
    (b"BZh", "archive", "bzip2"),
    (b"\xfd7zXZ", "archive", "xz"),
    (b"SQLite format 3", "not_a_table", "database"),
    (b"\x7fELF", "not_a_table", "program"),
    (b"{\\rtf", "not_a_table", "RTF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_workbook(data):
    """Tell an Office Open XML workbook (True) from text (False).

    :raises TableError: for every other known kind of file, with what to do
    """
    if not data[:4096].strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise TableError("empty_file")
    if data.startswith(_OLE):
        name = "EncryptedPackage".encode("utf-16-le")
        raise TableError("encrypted" if name in data else "old_excel")
    if data.startswith(_ZIP):
        _check_workbook_zip(data)
        return True
    for magic, code, kind in _MAGIC:
        if data.startswith(magic):
            raise TableError(code, kind=kind)
    _check_text_kind(data)
    return False


def _check_workbook_zip(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            first = archive.infolist()[0] if names else None
            mimetype = b""
            if first and first.filename == "mimetype" and first.file_size < 200:
                mimetype = archive.read(first)
    except Exception as error:
        # zipfile raises many kinds of errors on hostile input
        raise TableError("broken_xlsx") from error
    if b"opendocument" in mimetype:
        raise TableError("other_spreadsheet", kind="OpenDocument (.ods)")
    if "xl/workbook.bin" in names:
        raise TableError("other_spreadsheet", kind="binary Excel (.xlsb)")
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise TableError("other_spreadsheet", kind="Numbers")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise TableError("not_a_table", kind="Word or PowerPoint")
    if "[Content_Types].xml" not in names:
        raise TableError("archive", kind="zip")


def _check_text_kind(data):
    """Refuse the text formats that are no delimited text but often sent as such."""
    head = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    lower = head[:512].lower()
    if lower.startswith(b"begin:vcard"):
        raise TableError("not_a_table", kind="vCard")
    if lower.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        # Salesforce and many web tools write HTML and call it .xls
        raise TableError("other_spreadsheet", kind="web page (HTML)")
    if lower.startswith(b"<?xml") or lower.startswith(b"<workbook"):
        raise TableError("other_spreadsheet", kind="XML")
    if lower.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise TableError("not_a_table", kind="JSON")
