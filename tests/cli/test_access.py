"""A feed's own settings at work: headers, log-in, proxy, selector, source class."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import msgspec
import pytest

from cli.feeds import BAKERY, GAZA, rss, subscriptions
from cli.program import RULES_ONLY, Cli
from feedtext import Item
from feedtext import rss as summaries
from servers import Answer, Server, redirect
from servers.proxy import certificate, proxy

QUICK = "[fetch]\nspacing = 0.0\nread_timeout = 2.0\n" + RULES_ONLY
GOOD = rss("Example Wire", {"Talks": [GAZA]})
SECRET = "s3cret wörd"
LOGIN = "Basic " + base64.b64encode(f"desk:{SECRET}".encode()).decode()


def feed(url: str, *settings: str, full_text: str = "never") -> str:
    keys = "\n".join(settings)
    return f'{QUICK}[[feeds]]\nurl = "{url}"\nallow_private = true\nfull_text = "{full_text}"\n{keys}\n'


def everything_kept(cli: Cli) -> bytes:
    return b"".join(file.read_bytes() for file in cli.home.rglob("*") if file.is_file())


def test_headers_and_log_in_are_for_the_feeds_own_host(cli: Cli, server: Server) -> None:
    command = msgspec.json.encode([sys.executable, "-c", f"print({SECRET!r})"]).decode()
    with Server("127.0.0.2") as other:
        url = server.answer("/feed.xml", redirect("/there.xml"))
        server.answer("/there.xml", redirect(other.answer("/feed.xml", Answer(GOOD))))
        cli.configure(
            feed(
                url,
                'headers = { "X-Key" = "k1" }',
                f'auth = {{ user = "desk", password_command = {command} }}',
            )
            # The other host may be asked, too: else the redirect would not be followed at all.
            + subscriptions(other.answer("/own.xml", Answer(GOOD)))
        )
        assert cli("fetch").status == 0
        assert [(one.header("Authorization"), one.header("X-Key")) for one in server.requests] == [
            (LOGIN, "k1"),
            (LOGIN, "k1"),
        ]
        [there] = other.requests_for("/feed.xml")
        assert (there.header("Authorization"), there.header("X-Key")) == (None, None)


def test_the_password_stands_nowhere(cli: Cli, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRE_PASSWORD", SECRET)
    url = server.answer("/feed.xml", Answer(b"no", 401))
    cli.configure(feed(url, 'auth = { user = "desk", password_env = "WIRE_PASSWORD" }'))
    done = cli("--debug", "fetch", "--json")
    assert "401" in done.err
    assert server.requests[0].header("Authorization") == LOGIN
    checked = cli("feeds", "check")
    assert "`auth`" in checked.out
    for secret in (SECRET, LOGIN, LOGIN.partition(" ")[2]):
        assert secret not in done.out + done.err + checked.out + checked.err
        assert secret.encode() not in everything_kept(cli)


@pytest.mark.parametrize(
    ("auth", "words"),
    [
        ('password_env = "NO_SUCH_NAME"', "the environment has no NO_SUCH_NAME"),
        ('password_command = ["/no/such/program"]', "/no/such/program cannot be started"),
        (f'password_command = ["{sys.executable}", "-c", "raise SystemExit(3)"]', "ended with status 3"),
        (f'password_command = ["{sys.executable}", "-c", ""]', "printed nothing"),
    ],
)
def test_without_a_password_the_feed_says_why_and_is_not_asked(
    cli: Cli, server: Server, auth: str, words: str
) -> None:
    url = server.answer("/feed.xml", Answer(GOOD))
    cli.configure(feed(url, f'auth = {{ user = "desk", {auth} }}'))
    done = cli("fetch")
    assert (done.status, server.requests) == (1, ())
    assert f"{url}: auth: " in done.err
    assert words in done.err


def test_a_command_is_no_shell(cli: Cli, server: Server, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    url = server.answer("/feed.xml", Answer(GOOD))
    cli.configure(feed(url, f'auth = {{ user = "d", password_command = ["echo", "x; touch {trace}"] }}'))
    assert cli("fetch").status == 0
    assert not trace.exists()


def test_a_proxy_makes_the_requests(cli: Cli, server: Server) -> None:
    address = "http://wire.example/feed.xml"
    server.answer(address, Answer(GOOD))
    cli.configure(f'{QUICK}[[feeds]]\nurl = "{address}"\nfull_text = "never"\nproxy = "{server.url("")}"\n')
    assert cli("fetch").status == 0
    assert [request.path for request in server.requests] == [address]
    assert cli("feeds", "check", "--json").status == 0


def test_a_proxy_makes_the_way_for_https(cli: Cli, tmp_path: Path) -> None:
    file = certificate(tmp_path, "wire.example")
    if file is None:
        pytest.skip("there is no openssl to make a certificate with")
    with Server(certificate=file) as origin, proxy(origin.port) as way:
        origin.answer("/feed.xml", Answer(GOOD))
        address = "https://wire.example/feed.xml"
        settings = f'full_text = "never"\nproxy = "http://127.0.0.1:{way.port}"\n'
        cli.configure(f'{QUICK}[[feeds]]\nurl = "{address}"\n{settings}')
        unknown = cli.process("fetch", "--json")
        assert unknown.status == 1
        assert "certificate" in unknown.err
        done = cli.process("fetch", "--force", "--json", env={"SSL_CERT_FILE": str(file)})
        assert (done.status, msgspec.json.decode(done.out)["state"]) == (0, "new")
        assert [request.path for request in origin.requests] == ["/feed.xml"]
        assert set(way.asked) == {"CONNECT wire.example:443"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f000001", "[::1]", "localhost", "10.0.0.8"])
def test_a_proxy_is_no_way_to_private_addresses(cli: Cli, server: Server, host: str) -> None:
    address = "http://wire.example/feed.xml"
    server.answer(address, redirect(f"http://{host}/secret"))
    cli.configure(f'{QUICK}[[feeds]]\nurl = "{address}"\nproxy = "{server.url("")}"\n')
    done = cli("fetch")
    assert done.status == 1
    assert "private address" in done.err
    assert [request.path for request in server.requests] == [address]


def test_a_selector_chooses_the_text(cli: Cli, server: Server) -> None:
    page = f"<html><body><article><p>{GAZA}</p><p>{'Other words here. ' * 40}</p></article><div class='it'>"
    page += f"<p>{BAKERY} {'And more of it. ' * 20}</p></div></body></html>"
    link = server.answer("/page.html", Answer(page, content_type="text/html"))
    url = server.answer("/feed.xml", Answer(summaries([Item("1", "Talks", "Short.", link, full=False)])))
    cli.configure(feed(url, 'selector = ".it"', full_text="always"))
    assert cli("fetch").status == 0
    assert "bakery" in cli("search", "--json", "bakery").out
    assert cli("search", "--json", "qatar").out == ""


def test_the_source_class_is_shown(cli: Cli) -> None:
    cli.configure(feed("https://wire.example/f", 'source_class = "state_media"'))
    record = msgspec.json.decode(cli("feeds", "list", "--json").out, type=dict[str, object])
    assert record["source_class"] == "state_media"
