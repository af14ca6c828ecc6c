"""What gunicorn answers where a request cannot be read."""

from config.worker import too_long


def test_address_that_is_too_long_is_told_so_in_every_language():
    head, _blank, page = too_long().decode().partition("\r\n\r\n")
    assert head.splitlines()[0] == "HTTP/1.1 414 URI Too Long"
    assert f"Content-Length: {len(page.encode())}" in head
    assert page.count("<h2>") == 6
    assert '<section lang="ar" dir="rtl">' in page
