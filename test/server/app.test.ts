import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type ConnectionState, openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLog, type Logger } from "../../server/log.ts";
import { type Clock, systemClock } from "../../server/loop.ts";
import { ManualClock } from "../setup/manual-clock.ts";
import { RawClient } from "../transport/raw-client.ts";

const apps: App[] = [];
const clients: SyncClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function start(env: Record<string, string> = {}, log?: Logger, clock: Clock = systemClock): Promise<App> {
  const result = readConfig({ PORT: "0", LOG_LEVEL: "silent", SEED: "1", ...env }, { seed: 1 });
  if ("errors" in result) throw new Error(result.errors.join());
  const app = await startApp({ config: result.config, log: log ?? (await createLog("silent")), clock });
  apps.push(app);
  return app;
}

/** A real client on a real socket; `until` resolves when the condition holds after a frame, an event or a state. */
function connect(app: App, name: string, openTransport = openWebSocket) {
  const waiting: { holds: () => boolean; done: () => void }[] = [];
  const check = () => {
    for (const one of waiting.splice(0)) one.holds() ? one.done() : waiting.push(one);
  };
  const events: shoal.ServerEvent[] = [];
  const states: ConnectionState[] = [];
  const client = new SyncClient({
    url: `http://127.0.0.1:${app.port}`,
    join: { look: { name } },
    openTransport,
    now: () => performance.now(),
    random: Math.random,
    onFrame: () => {
      const { motion, ownSlot } = client.replica;
      client.setView(motion.x[ownSlot] / 32 - 400, motion.y[ownSlot] / 32 - 300, 800, 600);
      check();
    },
    onEvent: (event) => {
      events.push(event);
      check();
    },
    onState: (state) => {
      states.push(state);
      check();
    },
  });
  clients.push(client);
  client.setView(0, 0, 800, 600);
  client.start();
  const until = (holds: () => boolean) =>
    new Promise<void>((done) => {
      if (holds()) done();
      else waiting.push({ holds, done });
    });
  const sees = (other: string) => {
    const { replica } = client;
    const slots = [...replica.visible.subarray(0, replica.visibleCount)];
    return slots.find((slot) => replica.entity(slot)?.tadpole?.look?.name === other);
  };
  const heard = () => events.flatMap(({ said }) => (said ? [`${said.fromName}: ${said.text}`] : []));
  return { client, until, sees, heard, states };
}

describe("a server on real sockets", () => {
  test("O1 T7 who asked while the server stood still is told so, though it is heard two turns later", async () => {
    const clock = new ManualClock();
    const app = await start({}, undefined, clock);
    const ask = async () => {
      const client = new RawClient(app.port);
      client.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      const text = await client.until((all) => all.endsWith("}"));
      client.destroy();
      return { code: text.slice(9, 12), isStalled: text.includes('"status":"stalled"') };
    };
    clock.advance(1000);
    expect(await ask()).toEqual({ code: "200", isStalled: false });
    clock.spend(5000);
    // The turn that sees the stall; then new connections are taken; then one in time, before what came over them is read.
    clock.runNext();
    clock.runNext();
    expect(await ask()).toEqual({ code: "503", isStalled: true });
    clock.advance(100);
    expect(await ask()).toEqual({ code: "200", isStalled: false });
  });

  test("S24 a room whose last checkpoint cannot be made keeps its players", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shoal-app-"));
    const app = await start({ DATA_DIR: folder });
    const ada = connect(app, "Ada");
    await ada.until(() => ada.client.replica.tick > 0);
    const room = app.rooms.get("pond");
    if (room === undefined) throw new Error("no room");
    room.writeCheckpoint = () => {
      throw new Error("boom");
    };
    ada.client.close();
    await app.close();
    const next = await start({ DATA_DIR: folder });
    expect(next.rooms.get("pond")?.playerCount).toBe(1);
    await next.close();
    rmSync(folder, { recursive: true });
  });

  test("S24 the last word of the log is what became of the state", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shoal-app-"));
    const lastWord = async (env: Record<string, string>, isLost: boolean) => {
      let last = "";
      const write = (line: string): void => {
        last = JSON.parse(line).msg;
      };
      const app = await start(env, await createLog("info", { write }));
      if (isLost) renameSync(folder, `${folder}-gone`);
      await app.close();
      return last;
    };
    expect(await lastWord({}, false)).toBe("closed; no state is kept");
    expect(await lastWord({ DATA_DIR: folder }, false)).toBe("closed; the state is on disk");
    const words = "closed; the last state is not on disk, the one before is";
    expect(await lastWord({ DATA_DIR: folder }, true)).toBe(words);
    for (const path of [folder, `${folder}-gone`]) rmSync(path, { recursive: true, force: true });
  });

  test("S20 with a smaller ROOM_CAPACITY who came last stays out, and copies of the files stay", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shoal-app-"));
    const app = await start({ DATA_DIR: folder, ROOM_CAPACITY: "10" });
    for (const name of ["Ada", "Bao", "Cleo"]) {
      const one = connect(app, name);
      await one.until(() => one.client.replica.tick > 0);
    }
    const room = app.rooms.get("pond");
    const ids = [...(room?.players.all() ?? [])].map((session) => room?.players.idOf(session));
    for (const client of clients.splice(0)) client.close();
    await app.close();
    const next = await start({ DATA_DIR: folder, ROOM_CAPACITY: "2" });
    const again = next.rooms.get("pond");
    expect([...(again?.players.all() ?? [])].map((session) => again?.players.idOf(session))).toEqual(ids.slice(0, 2));
    expect(readdirSync(folder).filter((name) => /^snapshot-.*aside$/.test(name))).toHaveLength(1);
    await next.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["WebSocket", openWebSocket],
    ["polling", openPolling],
  ])("H16 a client on %s and one on WebSocket see each other appear, swim, chat, rename and leave", async (_, open) => {
    const app = await start();
    const ada = connect(app, "Ada", open);
    const bao = connect(app, "Bao");
    await ada.until(() => ada.sees("Bao") !== undefined);
    await bao.until(() => bao.sees("Ada") !== undefined);
    const slot = bao.sees("Ada") ?? -1;
    const room = app.rooms.get("pond");
    const startX = room?.world.motion.x[slot] ?? 0;
    ada.client.steer(0, true);
    await bao.until(() => bao.client.replica.motion.x[slot] > startX + 32 * 40);
    ada.client.steer(0, false);
    await bao.until(() => bao.client.replica.motion.speed[slot] === 0);
    // At rest both replicas and the server agree to within the bound.
    await ada.until(() => ada.client.replica.motion.speed[slot] === 0);
    for (const { client } of [ada, bao]) {
      expect(Math.abs(client.replica.motion.x[slot] - (room?.world.motion.x[slot] ?? 0))).toBeLessThanOrEqual(16);
    }
    ada.client.sendEvent({ say: { text: "hello" } });
    await bao.until(() => bao.heard().includes("Ada: hello"));
    bao.client.sendEvent({ say: { text: "hi" } });
    await ada.until(() => ada.heard().includes("Bao: hi"));
    ada.client.sendEvent({ look: { name: "Eda" } });
    await bao.until(() => bao.sees("Eda") === slot);
    ada.client.close();
    await bao.until(() => bao.sees("Eda") === undefined);
  });

  test("S8 closing the server tells every client to come back, whichever way it came", async () => {
    const app = await start();
    const everyone = Array.from({ length: 20 }, (_, i) => connect(app, `p${i}`, i % 2 ? openPolling : openWebSocket));
    await Promise.all(everyone.map(({ client, until }) => until(() => client.state.kind === "joined")));
    await Promise.all([app.close(), app.close()]);
    const codeOf = (one: (typeof everyone)[0]) => one.states.find((state) => state.kind === "waiting")?.code;
    await Promise.all(everyone.map((one) => one.until(() => codeOf(one) !== undefined)));
    expect(everyone.map(codeOf)).toEqual(everyone.map(() => shoal.CloseCode.CLOSE_CODE_RESTARTING));
  });

  test("L6 health and metrics tell what goes on", async () => {
    const app = await start();
    const ada = connect(app, "Ada");
    await ada.until(() => ada.client.replica.tick > 2);
    const get = async (port: number, path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    expect(JSON.parse(await get(app.port, "/healthz"))).toMatchObject({ status: "ok", rooms: 1, sessions: 1 });
    const metrics = await get(app.adminPort, "/metrics");
    for (const name of [
      "shoal_tick_duration_seconds_count",
      "shoal_tick_lateness_seconds_count",
      "shoal_tick_overruns_total",
      "shoal_frames_skipped_total",
      'shoal_rejects_total{reason="undecodable"}',
      "process_cpu_user_seconds_total",
    ]) {
      expect(metrics).toContain(name);
    }
    expect(metrics).toMatch(/^shoal_sessions 1$/m);
    expect(metrics).toMatch(/^shoal_frames_sent_total [1-9]/m);
    expect(metrics).toMatch(/^shoal_keyframes_total [1-9]/m);
  });
});
