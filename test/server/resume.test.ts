/** Sessions survive a cut line: real server, real sockets and polls, real clients, and a proxy that cuts. */
import { afterEach, expect, test } from "vitest";
import { startTroubleProxy, type TroubleProxy } from "../../bench/trouble/proxy.ts";
import { type OpenTransport, openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(): Promise<{ app: App; proxy: TroubleProxy }> {
  const result = readConfig({ PORT: "0", SEED: "1" }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const app = await startApp({ config: result.config, log: await createLog("silent"), clock: systemClock });
  const proxy = await startTroubleProxy({ listenPort: 0, targetPort: app.port, conditions: undefined, seed: 1 });
  closers.push(
    () => app.close(),
    () => proxy.close(),
  );
  return { app, proxy };
}

interface Player {
  readonly client: SyncClient;
  /** Resolves when the condition holds after some frame or change of state. */
  until(holds: () => boolean): Promise<void>;
}

function join(port: number, name: string, openTransport: OpenTransport): Player {
  let wake = (): void => {};
  const client = new SyncClient({
    url: `http://127.0.0.1:${port}`,
    join: { look: { name, colour: 1 } },
    openTransport,
    now: () => performance.now(),
    // Back at once: what is tested is not the waiting.
    random: () => 0,
    onFrame: () => wake(),
    onState: () => wake(),
  });
  closers.push(() => client.close());
  client.start();
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
  return { client, until };
}

const ownId = ({ replica }: SyncClient) => replica.entityId(replica.ownSlot);

test.each([
  ["WebSocket", openWebSocket],
  ["polling", openPolling],
])("S13 a player whose %s line is cut goes on as the same tadpole", async (_, openTransport) => {
  const { app, proxy } = await serve();
  const witness = join(app.port, "Witness", openWebSocket);
  const ada = join(proxy.port, "Ada", openTransport);
  await ada.until(() => ownId(ada.client) > 0);
  await witness.until(() => witness.client.replica.visibleCount === 2);
  const id = ownId(ada.client);
  const slot = witness.client.replica.slotOfId(id);
  proxy.cut();
  await ada.until(() => ada.client.state.kind !== "joined");
  await ada.until(() => ada.client.hasResumed && ownId(ada.client) > 0);
  expect(ownId(ada.client)).toBe(id);
  await witness.until(() => witness.client.replica.entity(slot)?.tadpole?.away === false);
  expect(witness.client.replica.visibleCount).toBe(2);
  ada.client.close();
  await witness.until(() => witness.client.replica.visibleCount === 1);
});
