"""A retailer's systems on a loopback port: payments, loyalty, CRM and orders behind real HTTP.

It keeps the contracts that the modules in ``engine/connectors/http`` describe, counts its effects
by idempotency key, and can be told to answer something else.
"""

import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class RetailSystem:
    """What the systems know and have done, and the address they are reached at."""

    customers: dict[str, dict[str, object]] = field(default_factory=dict)
    orders: dict[str, dict[str, object]] = field(default_factory=dict)
    left_to_refund: dict[str, float] = field(default_factory=dict)
    effects: dict[str, dict[str, object]] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    instead: deque[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=deque)
    """What the next requests get in place of an answer."""
    lose_answers: int = 0
    """Requests that take effect, but whose answer is lost on the way."""
    url: str = ""

    def answer_next(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        """Let the next request have this answer."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.instead.append(reply)

    def answer_raw(self, *chunks: bytes) -> None:
        """Let the next request have these bytes, whatever they mean, and a closed connection."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            for chunk in chunks:
                handler.wfile.write(chunk)

        self.instead.append(reply)

    def handle(self, request: Received) -> tuple[int, object]:
        """Do what the request asks for."""
        collection, _, key = request.path.removeprefix("/api/").partition("/")
        match request.method, collection:
            case "GET", "customers":
                return self._look_up(self.customers, key)
            case "GET", "orders":
                return self._look_up(self.orders, key)
            case "POST", "refunds":
                return self._once(request, self._refund)
            case "POST", "entries":
                return self._once(request, self._book)
            case "POST", "customers" if key.endswith("/surveys"):
                customer = self.customers.get(unquote(key.removesuffix("/surveys")))
                return self._once(request, lambda body: self._note_survey(customer, body))
            case _:
                return 405, {}

    @staticmethod
    def _look_up(things: dict[str, dict[str, object]], key: str) -> tuple[int, object]:
        found = things.get(unquote(key))
        return (200, found) if found else (404, {"detail": "no such thing"})

    def _once(
        self, request: Received, act: Callable[[dict[str, object]], tuple[int, object]]
    ) -> tuple[int, object]:
        body = json.loads(request.body)
        key = request.headers["Idempotency-Key"]
        if key not in self.effects:
            status, answer = act(body)
            if status != 201:
                return status, answer
            self.effects[key] = {"asked": body, "answer": answer}
        if self.effects[key]["asked"] != body:
            return 400, {"detail": "the key was used for something else"}
        return 201, self.effects[key]["answer"]

    def _refund(self, body: dict[str, object]) -> tuple[int, object]:
        order, amount = str(body["order_id"]), float(str(body["amount"]))
        if order not in self.left_to_refund:
            return 404, {"detail": "no such order"}
        if amount > self.left_to_refund[order] or body["currency"] != "CNY":
            return 422, {"detail": "this is not left\r\nto refund"}
        self.left_to_refund[order] -= amount
        return 201, {"refund_id": f"R{len(self.effects)}", "status": "done", "amount": amount}

    @staticmethod
    def _note_survey(
        customer: dict[str, object] | None, body: dict[str, object]
    ) -> tuple[int, object]:
        if customer is None:
            return 404, {"detail": "no such customer"}
        times = (str(customer["last_surveyed_at"]), str(body["surveyed_at"]))
        customer["last_surveyed_at"] = max(times, key=datetime.fromisoformat)
        return 201, {"last_surveyed_at": customer["last_surveyed_at"]}

    def _book(self, body: dict[str, object]) -> tuple[int, object]:
        customer, points = str(body["customer_id"]), int(str(body["points"]))
        if customer not in self.customers or self.points.get(customer, 0) + points < 0:
            return 404, {"detail": "no such customer, or not so many points"}
        self.points[customer] = self.points.get(customer, 0) + points
        return 201, {"entry_id": f"E{len(self.effects)}", "balance": self.points[customer]}


def serve(system: RetailSystem) -> ThreadingHTTPServer:
    """Serve *system* on a free port of the loopback; the caller closes the server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever asked was killed amid its question
            request = Received(self.command, self.path, dict(self.headers.items()), body)
            system.received.append(request)
            if system.instead:
                system.instead.popleft()(self)
                return
            status, answer = system.handle(request)
            if system.lose_answers:
                system.lose_answers -= 1
                return
            answered = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    system.url = f"http://127.0.0.1:{server.server_address[1]}/api"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    return server
