/** Threat T3: what a server writes and serves holds no token and no secret. A real process at its most talkative. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { SignJWT } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { freePort } from "../setup/free-port.ts";
import { frame, OPCODE_BINARY, openRaw } from "../transport/raw-client.ts";

const SECRET = "a secret of the operator, 32 bytes or more";

function sign(exp: number, secret = SECRET): Promise<string> {
  const token = new SignJWT({
    sub: "account-of-ada",
    name: "Ada",
    exp: Math.ceil(Date.now() / 1000) + 3600,
  }).setProtectedHeader({ alg: "HS256" });
  return token.setExpirationTime(exp).sign(new TextEncoder().encode(secret));
}

test("T3 no token or secret appears in logs, health or metrics", async () => {
  const [port, adminPort] = [await freePort(), await freePort()];
  const main = join(import.meta.dirname, "../../server/main.ts");
  const server = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      LOG_LEVEL: "trace",
      AUTH_SECRET: SECRET,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    server.kill("SIGKILL");
  });
  let output = "";
  const ready = new Promise<void>((done) => {
    const collect = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Shoal is ready")) done();
    };
    server.stdout.on("data", collect);
    server.stderr.on("data", collect);
  });
  await ready;

  const nowS = Math.floor(Date.now() / 1000);
  const tokens = [await sign(nowS + 600), await sign(nowS - 600), await sign(nowS + 600, `${SECRET} not`)];
  const resumeTokens: Uint8Array[] = [];
  for (const [i, token] of tokens.entries()) {
    const code = await new Promise<number>((done) => {
      const client = new SyncClient({
        url: `http://127.0.0.1:${port}`,
        join: { look: { name: "Ada" } },
        authToken: token,
        openTransport: (url, events) =>
          openWebSocket(url, {
            ...events,
            onMessage(bytes) {
              if (client.state.kind === "connecting")
                resumeTokens.push(shoal.Welcome.decode(bytes).resumeToken.slice());
              events.onMessage(bytes);
            },
          }),
        now: () => performance.now(),
        random: () => 0,
        onFrame: () => client.close(),
        onState: (state) => state.kind === "ended" && done(state.code),
      });
      client.start();
    });
    expect(code).toBe(i === 0 ? 1000 : shoal.CloseCode.CLOSE_CODE_UNAUTHORISED);
  }
  // A token in a message that is refused for something else.
  const hello = shoal.Hello.encode({
    room: "No Room",
    join: {},
    authToken: tokens[0],
    resumeToken: resumeTokens[0],
  }).finish();
  const raw = await openRaw(port);
  raw.write(frame(OPCODE_BINARY, hello));
  await raw.untilClosed();
  const pages = [`${port}/healthz`, `${adminPort}/metrics`, `${adminPort}/sessions`];
  for (const page of pages) output += await (await fetch(`http://127.0.0.1:${page}`)).text();
  server.kill("SIGTERM");
  await once(server, "close");

  expect(output).toContain("the token has expired");
  expect(output).toContain('shoal_rejects_total{reason="unauthorised"} 2');
  const texts = resumeTokens.flatMap((token) => {
    const bytes = Buffer.from(token);
    return [bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url"), [...bytes].join(",")];
  });
  expect(texts).toHaveLength(4);
  const found = [SECRET, ...tokens, ...tokens.map((token) => token.split(".")[2]), ...texts].filter((secret) =>
    output.includes(secret),
  );
  expect(found).toEqual([]);
});
