"""A payment provider behind HTTP that pays once per key and can keep its callers waiting."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Provider:
    """Counts what it is asked and what it does, by idempotency key.

    ``open`` is cleared to keep every caller waiting for an answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.asked: Counter[str] = Counter()
        self.paid: Counter[str] = Counter()
        self.open = threading.Event()
        self.open.set()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = provider.pay(self.headers["Idempotency-Key"], asked["amount"])
                body = json.dumps(answer).encode()
                self.send_response(201)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True  # the caller was killed

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def pay(self, key: str, amount: str) -> dict[str, str]:
        """Pay once per key."""
        with self._lock:
            self.asked[key] += 1
            if key not in self.paid:
                self.paid[key] += 1
        self.open.wait()
        return {"refund_id": key, "status": "done", "amount": amount}

    def close(self) -> None:
        """Answer nobody any more."""
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
