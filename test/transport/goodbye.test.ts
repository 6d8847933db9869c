/** SPEC S35 as HTTP: by plain fetch, and from the client's own hand when its socket's last frame is lost. */
import { describe, expect, onTestFinished, test } from "vitest";
import { type OpenTransport, openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { RESUME_TOKEN_BYTES } from "../../proto/limits.ts";
import { POLL_BODY_BYTES_MAX } from "../../server/transport/poll-body.ts";
import { startServer } from "../e2e/pond-page.ts";
import { startListener } from "./test-listener.ts";

const TOKEN = Uint8Array.from({ length: RESUME_TOKEN_BYTES }, (_, i) => i);

async function listenForGoodbyes(changes: Parameters<typeof startListener>[0] = {}) {
  const tokens: number[][] = [];
  const server = await startListener({ onGoodbye: (token) => void tokens.push([...token]), ...changes });
  const leave = (init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}/leave`, { method: "POST", body: TOKEN, ...init });
  return { ...server, tokens, leave };
}

describe("POST /leave", () => {
  test("S35 hands the token on, and answers 200 with nothing", async () => {
    const { leave, tokens, rejects } = await listenForGoodbyes();
    const response = await leave();
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(tokens).toEqual([[...TOKEN]]);
    expect(rejects).toEqual([]);
  });

  test.each([
    ["no body", 400, { body: null }],
    ["a byte too few", 400, { body: TOKEN.subarray(1) }],
    ["a byte too many", 400, { body: new Uint8Array(RESUME_TOKEN_BYTES + 1) }],
    ["more than any body may have", 400, { body: new Uint8Array(POLL_BODY_BYTES_MAX + 1) }],
    ["GET", 405, { method: "GET", body: null }],
    ["DELETE", 405, { method: "DELETE" }],
  ])("S35 %s: %i, counted, and nobody leaves", async (_, status, init: RequestInit) => {
    const { leave, tokens, rejects } = await listenForGoodbyes();
    expect((await leave(init)).status).toBe(status);
    expect(rejects).toEqual(["leave-request"]);
    expect(tokens).toEqual([]);
  });

  test("S35 H4 a page of another origin may not; one of the list may, without asking first", async () => {
    const foreign = { headers: { Origin: "https://evil.example" } };
    const closed = await listenForGoodbyes();
    expect((await closed.leave(foreign)).status).toBe(403);
    expect(closed.tokens).toEqual([]);
    expect(closed.rejects).toEqual(["origin"]);
    const open = await listenForGoodbyes({ origins: ["https://evil.example"] });
    const response = await open.leave(foreign);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://evil.example");
    expect(open.tokens.length).toBe(1);
  });

  test("H8 a throw in the owner is logged, and the client is answered", async () => {
    const { leave, bugs } = await listenForGoodbyes({
      onGoodbye: () => {
        throw new Error("bug");
      },
    });
    expect((await leave()).status).toBe(200);
    expect(bugs.length).toBe(1);
  });
});

/** A pipe whose last word gets lost; the line itself stays, as far as this side knows. */
function deaf(openTransport: OpenTransport): OpenTransport {
  return (url, events) => {
    const transport = openTransport(url, events);
    onTestFinished(() => transport.close());
    return { send: (bytes) => transport.send(bytes), close: () => {} };
  };
}

test.each([
  ["WebSocket", openWebSocket],
  ["polling", openPolling],
])("S35 a client that leaves is gone though its %s says nothing of it", async (_, openTransport) => {
  const app = await startServer();
  onTestFinished(() => app.close());
  const playerCount = () => app.rooms.get("pond")?.playerCount ?? 0;
  const client = await new Promise<SyncClient>((resolve) => {
    const client = new SyncClient({
      url: `http://127.0.0.1:${app.port}`,
      join: { look: { name: "Ada", colour: 0xffd166, gender: 0 } },
      openTransport: deaf(openTransport),
      now: () => performance.now(),
      random: Math.random,
      onState: ({ kind }) => kind === "joined" && resolve(client),
    });
    client.start();
  });
  expect(playerCount()).toBe(1);
  client.leave();
  client.leave();
  expect(client.state.kind).toBe("ended");
  await expect.poll(playerCount).toBe(0);
});
