"""Nothing in the repository depends on one machine, one registry or somebody else's server."""

import re

from tests.project.files import ROOT, texts

REGISTRIES = [
    "pypi." + "org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.deb" + "ian.org",
    "proxy.gol" + "ang.org",
    "conda." + "anaconda.org",
]
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:home|root|Users|work|workspace)/[A-Za-z0-9]")
ADDRESS = re.compile(r"(?:https?:)?//(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
# Names of formats, not addresses that anything is loaded from.
NAMESPACES = {"www.w3.org", "schema.org", "purl.org", "ns.adobe.com"}


def test_no_registry_is_named() -> None:
    named = [(path, host) for path, text in texts() for host in REGISTRIES if host in text]
    assert named == []


def test_no_path_of_one_machine() -> None:
    found = [
        (path, text[match.start() : match.start() + 40].splitlines()[0])
        for path, text in texts()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []
    assert [path for path, text in texts() if str(ROOT) in text] == []


def test_pages_load_nothing_from_elsewhere() -> None:
    """Templates, styles, scripts and pictures name no foreign host, not even as a link."""
    foreign = [
        (path, match["host"])
        for path, text in texts(".html", ".css", ".js", ".svg", under="src/")
        for match in ADDRESS.finditer(text)
        if match["host"] not in NAMESPACES and not match["host"].endswith(".example")
    ]
    assert foreign == []
