"""Pages leave compressed, without a proxy having to do it.

Against reading secrets from the length of compressed answers (BREACH, https://www.breachattack.com) stand two things:
the CSRF token is masked anew in each answer, and Django adds a random number of bytes to each compressed one.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compresses HTML only: PDF and XLSX are packed already, streamed files go out as they are read."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page:
            return response
        return super().process_response(request, response)
