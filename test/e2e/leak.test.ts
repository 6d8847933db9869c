/** Ten thousand players come, speak and go before one page: what it holds of graphics, sprites, nodes and heap stays. */
import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import { readHello } from "../../proto/codec.ts";
import { shoal } from "../../proto/gen/shoal.js";
import type { App } from "../../server/app.ts";
import type { Session } from "../../server/session/session.ts";
import type { Connection } from "../../server/transport/connection.ts";
import { useStage } from "./stage.ts";

const JOINS = 10_000;
/** Until caches are full and code is compiled. */
const WARM_UP_JOINS = 1500;
const JOINS_PER_ROUND = 200;
/** Rounds that everybody stays: three ticks, in which the page draws at least once. */
const STAY = 3;
/** Arrows, and as many name tags as there may be at a time: those that nobody wears are kept for the next. */
const SPRITES_MAX = 24 + 120 + 2;
/** Two thousand textures or ten thousand names would be several times that. */
const HEAP_GROWTH_MAX = 2_000_000;

const SESSIONS = 30;
/** A replica's arrays alone are ten times that. */
const SESSION_BYTES_MAX = 50_000;

/** Nobody here comes back to a session. */
const NO_TOKEN = new Uint8Array(0);

const stage = useStage();

test("10,000 joins and leaves leave textures, buffers, sprites, nodes and heap where they were", async () => {
  const app = await stage.serve({ SPAWN_RANGE: "150" });
  const { page, complaints } = await stage.openPond({
    name: "Ada",
    context: { viewport: { width: 400, height: 300 } },
    before: countGraphics,
  });
  const session = await page.context().newCDPSession(page);
  await comeAndGo(app, page, WARM_UP_JOINS);
  const before = await holdings(page, session);
  await comeAndGo(app, page, JOINS);
  const after = await holdings(page, session);
  console.log(`before ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`);
  expect(after.textures).toBeLessThanOrEqual(before.textures);
  expect(after.buffers).toBeLessThanOrEqual(before.buffers);
  expect(after.sprites).toBeLessThanOrEqual(SPRITES_MAX);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes + 50);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 50);
  expect(after.heapBytes - before.heapBytes).toBeLessThan(HEAP_GROWTH_MAX);
  expect(complaints).toEqual([]);
}, 180_000);

test("thirty sessions, one after the other, leave them there, too", async () => {
  // Somebody stays: an empty room would be closed, and begin anew with its ids.
  await stage.join("Bao");
  const { page, complaints } = await stage.openPond({
    name: "Ada",
    context: { viewport: { width: 400, height: 300 } },
    before: countGraphics,
  });
  const session = await page.context().newCDPSession(page);
  await comeBack(page, 10);
  const before = await holdings(page, session);
  await comeBack(page, SESSIONS);
  const after = await holdings(page, session);
  console.log(`before ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`);
  expect(after.textures).toBeLessThanOrEqual(before.textures);
  expect(after.buffers).toBeLessThanOrEqual(before.buffers);
  expect(after.sprites).toBeLessThanOrEqual(before.sprites);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5);
  expect(after.heapBytes - before.heapBytes).toBeLessThan(SESSIONS * SESSION_BYTES_MAX);
  expect(complaints).toEqual([]);
}, 120_000);

/** Leaves the pond and comes back: everything that is drawn is made anew. */
async function comeBack(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const idBefore = await page.evaluate(() => {
      const { client, replica } = window.shoal ?? {};
      client?.close();
      client?.start();
      return replica?.entityId(replica.ownSlot) ?? 0;
    });
    await page.waitForFunction((before) => {
      const { replica, view } = window.shoal ?? {};
      const id = replica?.entityId(replica.ownSlot) ?? 0;
      return id !== 0 && id !== before && view?.counts.tadpoles === 2 && view.counts.names > 0;
    }, idBefore);
  }
}

/** In the page, before its code: keeps count of what WebGL holds. */
function countGraphics(): void {
  const held = { textures: 0, buffers: 0 };
  Object.assign(window, { held });
  const { prototype } = WebGL2RenderingContext;
  const count = (method: "createTexture" | "deleteTexture" | "createBuffer" | "deleteBuffer", step: 1 | -1) => {
    const real = prototype[method] as (...args: unknown[]) => unknown;
    const kind = method.endsWith("Texture") ? "textures" : "buffers";
    Object.assign(prototype, {
      [method](this: WebGL2RenderingContext, ...args: unknown[]) {
        held[kind] += step;
        return Reflect.apply(real, this, args);
      },
    });
  };
  count("createTexture", 1);
  count("deleteTexture", -1);
  count("createBuffer", 1);
  count("deleteBuffer", -1);
}

/** What the page holds once the last words have faded and the garbage is collected. */
async function holdings(page: Page, session: CDPSession) {
  await page.waitForFunction(() => window.shoal?.view.counts.bubbles === 0);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  const held = await page.evaluate(() => ({
    ...(window as unknown as { held: { textures: number; buffers: number } }).held,
    sprites: window.shoal?.view.counts.sprites ?? 0,
  }));
  return { ...held, nodes, listeners: jsEventListeners, heapBytes: usedSize };
}

/** Lets players join the page's room and leave it, two hundred with each frame that the page gets. */
async function comeAndGo(app: App, page: Page, joins: number): Promise<void> {
  const room = app.rooms.get("pond");
  if (room === undefined) throw new Error("no pond");
  const rounds: Session[][] = [];
  for (let done = 0; done < joins; done += JOINS_PER_ROUND) {
    const round: Session[] = [];
    for (let i = 0; i < JOINS_PER_ROUND; i++) {
      const number = done + i;
      const look = { name: nameOf(number), colour: (number * 99_991) % 0x1000000, gender: number % 4 };
      const view = { left: 0, top: 0, width: 64, height: 64 };
      const hello = readHello(shoal.Hello.encode({ join: { look }, view }).finish());
      if (hello.fault !== undefined) throw new Error(hello.reason);
      const { session } = room.players.join(silentConnection(number), hello, performance.now(), NO_TOKEN);
      if (session === undefined) throw new Error("nobody could join");
      if (number % 5 === 0) speak(room, session, number);
      round.push(session);
    }
    rounds.push(round);
    if (rounds.length > STAY) for (const session of rounds.shift() ?? []) room.players.leave(session);
    const isThere = (tick: number) => (window.shoal?.replica.tick ?? 0) >= tick;
    await page.waitForFunction(isThere, room.tick + 1, { polling: 10 });
  }
  for (const session of rounds.flat()) room.players.leave(session);
  await page.waitForFunction(() => window.shoal?.view.counts.tadpoles === 1);
}

function speak(room: NonNullable<ReturnType<App["rooms"]["get"]>>, session: Session, number: number): void {
  const frame = { ackTick: room.tick, events: [{ say: { text: `words ${number} 你好` } }] };
  room.receive(session, shoal.ClientFrame.encode(frame).finish(), performance.now());
}

/** No two alike: each would be a texture of its own. */
function nameOf(number: number): string {
  return `${["Guest", "小蝌蚪", "さくら", "🐸"][number % 4]} ${number}`;
}

/** A player behind whom is nobody. */
function silentConnection(id: number): Connection {
  return {
    id,
    kind: "websocket",
    address: "127.0.0.1",
    isOpen: true,
    send: () => "sent",
    bufferedBytes: () => 0,
    close: () => {},
  };
}
