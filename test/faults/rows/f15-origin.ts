/** F15: pages of other sites. Absent is allowed (SPEC H4): only browsers send an origin, and they always do. */
import { handshake, RawClient } from "../../transport/raw-client.ts";
import { attackerAddress } from "../attackers.ts";
import { atMost, exactly, percentile } from "../figure.ts";
import type { Row } from "../row.ts";

const FOREIGN = [
  "http://evil.example",
  "https://pond.example.evil.example",
  "https://evilpond.example",
  "https://pond.example:8443",
  "https://pond.example/",
  "HTTPS://POND.EXAMPLE",
  "ws://pond.example",
  "file://",
  "null",
];
const DOUBLED = "Origin: https://pond.example\r\n";
const ROUNDS = 30;

export const origin: Row = {
  id: "F15",
  title: "foreign origin in 9 forms, and doubled",
  control: { without: "origins", misses: ["let in of"] },
  async run(context) {
    const server = await context.server();
    await context.load(server);
    await context.calm(server);
    const connections = () => server.metric('shoal_connections{kind="websocket"}');
    const before = await connections();
    const refusalMs: number[] = [];
    let letIn = 0;
    for (let i = 0; i < context.count(ROUNDS); i++) {
      const requests = FOREIGN.map((one) => handshake({ Origin: one }));
      requests.push(handshake({ Origin: "https://pond.example" }, undefined, DOUBLED));
      for (const request of requests) {
        const client = new RawClient(server.ports.game, attackerAddress(i));
        await client.connected;
        const startMs = performance.now();
        client.write(request);
        await client.until((text) => text.includes("\r\n"));
        refusalMs.push(performance.now() - startMs);
        if (!client.text.startsWith("HTTP/1.1 403")) letIn++;
        client.destroy();
      }
    }
    return [
      exactly(0, `let in of ${refusalMs.length}`, letIn),
      atMost(5, "refused after, p50", percentile(refusalMs, 0.5), "ms"),
      atMost(5, "refused after, p99", percentile(refusalMs, 0.99), "ms"),
      exactly(0, "connections made by them", (await connections()) - before),
    ];
  },
};
