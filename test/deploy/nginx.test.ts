/** Behind a real nginx with the configuration in server/deploy: TLS ends there, WebSocket and polling come through. */
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type OpenTransport, openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { SUBPROTOCOL } from "../../proto/subprotocol.ts";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";
import { freePort } from "../setup/free-port.ts";
import { type Nginx, provideNginx, startNginx } from "../setup/nginx.ts";

const path = provideNginx();

const title =
  path === undefined ? "behind nginx (left out: no nginx or openssl, and no rights to install)" : "behind nginx";
describe.skipIf(path === undefined)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), "shoal-nginx-"));
  const trusted = getCACertificates("default");
  const lines: string[] = [];
  let app: App;
  let nginx: Nginx;
  let url = "";

  beforeAll(async () => {
    const env = { PORT: "0", ADMIN_PORT: "0", SEED: "1", TRUSTED_PROXIES: "127.0.0.1" };
    const result = readConfig(env, { seed: 1 });
    if ("errors" in result) throw new Error(result.errors.join());
    const log = await createLog("warn", { write: (line) => void lines.push(line) });
    app = await startApp({ config: result.config, log, clock: systemClock });
    const port = await freePort();
    nginx = await startNginx({ path: path ?? "", folder, port, serverPort: app.port });
    setDefaultCACertificates([...trusted, nginx.certificate]);
    url = `https://127.0.0.1:${port}`;
  }, 120_000);

  afterAll(async () => {
    setDefaultCACertificates(trusted);
    await nginx?.stop();
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["WebSocket", openWebSocket],
    ["polling", openPolling],
  ])("H1 H11 by TLS and %s a player joins, steers and is heard", async (name, openTransport) => {
    const ada = connect(url, `Ada ${name}`, openTransport);
    await ada.until(() => ada.client.state.kind === "joined" && ada.client.replica.tick > 0);
    const { replica } = ada.client;
    const from = replica.motion.x[replica.ownSlot];
    ada.client.steer(0, true);
    await ada.until(() => replica.motion.x[replica.ownSlot] > from + 32);
    ada.client.sendEvent({ say: { text: "through the proxy" } });
    await ada.until(() => ada.said.includes("through the proxy"));
  });

  test("H16 a waiting poll is answered as soon as there is something to tell", async () => {
    const opened = await post(url, {}, { "shoal-protocol": SUBPROTOCOL });
    expect(opened.status).toBe(200);
    const from = performance.now();
    const headers = { "shoal-connection": opened.body, "shoal-sequence": "1", "shoal-wait": "200" };
    const answer = await post(url, {}, headers);
    expect(answer).toMatchObject({ status: 200, body: "" });
    expect(performance.now() - from).toBeGreaterThan(150);
    await post(url, { method: "DELETE" }, headers);
  });

  // Linux answers for all of 127.0.0.0/8.
  test.skipIf(process.platform !== "linux")(
    "H30 the client's own address comes through, whatever it claims",
    async () => {
      const localAddress = "127.0.0.9";
      const claim = { "x-forwarded-for": "192.0.2.1" };
      const { body } = await post(url, { localAddress }, { "shoal-protocol": SUBPROTOCOL, ...claim });
      // Out of order: refused, and so logged with the address.
      const wrong = { "shoal-connection": body, "shoal-sequence": "7", ...claim };
      await post(url, { localAddress }, wrong);
      const refused = lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === "poll-order");
      expect(refused).toMatchObject({ transport: "polling", address: localAddress });
    },
  );

  test("O1 its health comes through", async () => {
    const answer = await fetch(`${url}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: "ok" });
  });
});

/** A request from another address of this machine, where there are several. */
function post(
  url: string,
  { method = "POST", localAddress }: { method?: string; localAddress?: string },
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/poll`, { method, headers, localAddress }, (answer) => {
      let body = "";
      answer.setEncoding("latin1").on("data", (text) => {
        body += text;
      });
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.once("error", reject);
    sent.end();
  });
}

/** A real client; `until` resolves when the condition holds after a frame, an event or a state. */
function connect(url: string, name: string, openTransport: OpenTransport) {
  const said: string[] = [];
  let check = () => {};
  const client = new SyncClient({
    url,
    join: { look: { name } },
    openTransport,
    now: () => performance.now(),
    random: Math.random,
    onFrame: () => check(),
    onState: () => check(),
    onEvent: (event) => {
      if (event.said) said.push(event.said.text ?? "");
      check();
    },
  });
  onTestFinished(() => client.close());
  client.setView(0, 0, 800, 600);
  client.start();
  const until = (holds: () => boolean) =>
    new Promise<void>((done) => {
      check = () => {
        if (holds()) done();
      };
      check();
    });
  return { client, said, until };
}
