/** F17: compression is never agreed to, and a frame that says it is compressed ends its connection. */
import { deflateRawSync } from "node:zlib";
import { frame, handshake, OPCODE_BINARY, RawClient } from "../../transport/raw-client.ts";
import { attackerAddress, msUntilClosed } from "../attackers.ts";
import { atMost, exactly, percentile } from "../figure.ts";
import type { Row } from "../row.ts";

const OFFERS = [
  "permessage-deflate",
  "permessage-deflate; client_max_window_bits",
  "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
  "permessage-deflate; server_max_window_bits=8",
  "x-webkit-deflate-frame",
  "permessage-deflate, permessage-bzip2",
];
/** 4 MiB of zeros in 4 KiB. */
const BOMB = deflateRawSync(Buffer.alloc(4 << 20)).subarray(0, 4000);
const FIN_AND_RSV1 = 0xc0;
const ROUNDS = 50;
const PATIENCE_MS = 1000;

export const deflate: Row = {
  id: "F17",
  title: "deflate bomb, RSV1",
  control: { without: "noCompression", misses: ["extensions agreed to"] },
  async run(context) {
    const server = await context.server();
    await context.load(server);
    await context.calm(server);
    const before = await server.rssBytes();
    const dropMs: number[] = [];
    let agreed = 0;
    for (let i = 0; i < context.count(ROUNDS) * OFFERS.length; i++) {
      const client = new RawClient(server.ports.game, attackerAddress(i));
      client.write(handshake({ "Sec-WebSocket-Extensions": OFFERS[i % OFFERS.length] }));
      const head = await client.until((text) => text.includes("\r\n\r\n"));
      if (/sec-websocket-extensions/i.test(head)) agreed++;
      client.write(frame(OPCODE_BINARY, BOMB, FIN_AND_RSV1));
      dropMs.push(await msUntilClosed(client, PATIENCE_MS));
      client.destroy();
    }
    const isDropped = (ms: number) => !Number.isNaN(ms);
    return [
      exactly(0, `extensions agreed to in ${dropMs.length} offers`, agreed),
      exactly(0, "compressed frames that were not cut off", dropMs.filter((ms) => !isDropped(ms)).length),
      atMost(10, "cut off after, p99", percentile(dropMs.filter(isDropped), 0.99), "ms"),
      atMost(1, "RSS", ((await server.rssBytes()) - before) / 2 ** 20, "MiB"),
    ];
  },
};
