/**
 * The floor: bare uWebSockets.js that sends so many bytes to each of so many sockets at the same rate, and nothing else. What
 * it costs cannot be beaten on this engine; what Shoal costs more is Shoal's.
 */

import { App, us_socket_local_port, type WebSocket } from "uWebSockets.js";
import { channel } from "node:diagnostics_channel";

const tickHz = Number(process.env["TICK_HZ"] ?? 20);
const bytes = Number(process.env["FLOOR_BYTES"] ?? 150);
const tickMs = 1000 / tickHz;
const tickChannel = channel("shoal:tick");
const sockets = new Set<WebSocket<object>>();
const payload = new Uint8Array(Math.max(4, bytes));
let received = 0;

const app = App();
app.ws<object>("/ws", {
  maxPayloadLength: 4096,
  idleTimeout: 32,
  open: (socket) => void sockets.add(socket),
  close: (socket) => void sockets.delete(socket),
  message: () => {
    received++;
  },
});
app.get("/healthz", (response) => void response.end(`{"received":${received}}`));
app.listen("127.0.0.1", Number(process.env["PORT"] ?? 0), (socket) => {
  if (socket === false) throw new Error("cannot listen");
  process.send?.({ listening: us_socket_local_port(socket) });
});

let tick = 0;
let dueMs = performance.now() + tickMs;
function turn(): void {
  const startMs = performance.now();
  tick++;
  payload[0] = tick;
  payload[1] = tick >> 8;
  payload[2] = tick >> 16;
  for (const socket of sockets) socket.send(payload, true);
  const endMs = performance.now();
  if (tickChannel.hasSubscribers) {
    tickChannel.publish({ tick, startMs, durationMs: endMs - startMs, latenessMs: startMs - dueMs });
  }
  dueMs = Math.max(dueMs + tickMs, endMs - 3 * tickMs);
  setTimeout(turn, Math.max(0, dueMs - performance.now()));
}
setTimeout(turn, tickMs);
