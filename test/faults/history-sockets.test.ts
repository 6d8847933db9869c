/** The history of real clients on real sockets and polls behind a proxy that cuts them off again and again has no complaint. */
import { expect, onTestFinished, test } from "vitest";
import { startTroubleProxy, type TroubleProxy } from "../../bench/trouble/proxy.ts";
import { type OpenTransport, openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog } from "../../server/log.ts";
import { systemClock } from "../../server/loop.ts";
import { type ClientEntry, checkHistory } from "./history-checker.ts";
import { ClientRecorder } from "./history-recorder.ts";

/** A line goes with each: no more than the game lets a player say at once. */
const CUTS = 5;

interface Talker {
  readonly name: string;
  readonly client: SyncClient;
  readonly recorder: ClientRecorder;
}

async function serve(): Promise<{ port: number; proxy: TroubleProxy }> {
  const result = readConfig({ PORT: "0", SEED: "1" }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const app = await startApp({ config: result.config, log: await createLog("silent"), clock: systemClock });
  onTestFinished(() => app.close());
  const conditions = { rttMs: 10, jitterMs: 6, bytesPerSecond: 100_000 };
  const proxy = await startTroubleProxy({ listenPort: 0, targetPort: app.port, conditions, seed: 1 });
  onTestFinished(() => proxy.close());
  return { port: app.port, proxy };
}

function join(port: number, name: string, open: OpenTransport, onChange: () => void): Talker {
  let sessions = 0;
  const recorder = new ClientRecorder({
    open,
    sessionOf: ({ resumed }) => `${name} ${resumed ? sessions : ++sessions}`,
  });
  const client: SyncClient = new SyncClient({
    url: `http://127.0.0.1:${port}`,
    join: { look: { name } },
    openTransport: recorder.open,
    now: () => performance.now(),
    random: () => 0,
    // How much of the world a client holds is nobody's business where the server writes nothing down.
    onFrame: (bytes) => {
      recorder.applied(client, bytes, Number.NaN);
      onChange();
    },
    onEvent: (event) => recorder.heard(event),
    onState: onChange,
  });
  onTestFinished(() => client.close());
  client.start();
  return { name, client, recorder };
}

function countOf({ recorder }: Talker, wanted: ClientEntry["kind"]): number {
  return recorder.entries.filter(({ kind }) => kind === wanted).length;
}

test("S13 S15 S16 over sockets and polls that are cut off, nothing is lost, doubled or reordered", async () => {
  const { port, proxy } = await serve();
  let wake = (): void => {};
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
  const onChange = () => wake();
  const witness = join(port, "Witness", openWebSocket, onChange);
  const transports = [openWebSocket, openWebSocket, openPolling];
  const talkers = transports.map((open, i) => join(proxy.port, `Talker ${i + 1}`, open, onChange));
  const everybody = [witness, ...talkers];
  await until(() => everybody.every(({ client }) => client.state.kind === "joined"));
  for (let i = 1; i <= CUTS; i++) {
    for (const { name, client } of talkers) client.sendEvent({ shout: { text: `${name}: ${i}` } });
    // At first before it is sent, then while it is on its way, then when it has been heard.
    const heard = witness.recorder.entries.length + i * 2;
    await until(() => witness.recorder.entries.length >= heard);
    proxy.cut();
    await until(() => talkers.every((talker) => countOf(talker, "joined") > i));
  }
  const lines = talkers.length * CUTS;
  await until(() => everybody.every((talker) => countOf(talker, "heard") >= lines));
  expect(everybody.map((talker) => countOf(talker, "heard"))).toEqual(everybody.map(() => lines));
  const clients = everybody.map(({ name, recorder }) => ({ name, entries: recorder.entries }));
  expect(checkHistory({ server: [], clients })).toEqual([]);
  const resumed = clients.flatMap(({ entries }) => entries).filter((entry) => entry.kind === "joined" && entry.resumed);
  expect(resumed.length).toBe(talkers.length * CUTS);
});
