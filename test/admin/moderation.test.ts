/** Kick and ban: what they do to players who are here, on their way in, away, or coming back. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openPolling, openWebSocket, SyncClient } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { addressTarget, type BanTarget } from "../../server/admin/bans.ts";
import { isShared, Moderation } from "../../server/admin/moderation.ts";
import { presencesIn, ROWS_MAX, roster } from "../../server/admin/roster.ts";
import { createLog } from "../../server/log.ts";
import { parseIpPrefix } from "../../server/transport/ip-address.ts";
import { ServerHarness, type TestPlayer } from "../session/server-harness.ts";
import { type Server, serve } from "./operator.ts";

const { CloseCode } = shoal;
const WALL_MS = Date.UTC(2026, 0, 2);
const NO_FILTER = { room: undefined, name: undefined, account: undefined };

async function moderated() {
  const log = await createLog("silent", { write: () => {} });
  const wall = { ms: WALL_MS };
  const moderation = new Moderation({ dataDir: undefined, log, wallMs: () => wall.ms });
  const server = new ServerHarness({ refuseAddress: (address) => moderation.refuseAddress(address) });
  return { server, moderation, wall, presences: presencesIn(server.lobby) };
}

function target(address: string): BanTarget {
  const found = addressTarget(address);
  if (found === undefined) throw new Error(`${address} cannot be banned`);
  return found;
}

/** A hello that goes on with the player's stay. */
function resume(player: TestPlayer): shoal.Hello.$Properties {
  return { join: {}, resumeToken: player.welcome.resumeToken, ackTick: player.replica.tick };
}

describe("kick", () => {
  test("A3 ends one session: its entity leaves, its token dies, others stay, and the player may come anew", async () => {
    const { server, moderation, presences } = await moderated();
    const [ada, bao] = [server.join("Ada"), server.join("Bao")];
    server.tick(2, ada, bao);
    expect(moderation.kick(presences, { session: `pond/${ada.id}` }, "be nice")).toBe(1);
    expect(ada.connection.closed).toEqual({
      code: CloseCode.CLOSE_CODE_KICKED,
      reason: "an operator ended this session: be nice",
    });
    server.tick(1, bao);
    expect(bao.names()).toEqual(["Bao"]);
    expect(server.lobby.sessionCount).toBe(1);
    const again = server.join("Ada", resume(ada));
    expect(again.welcome.resumed).toBe(false);
    expect(bao.connection.isOpen).toBe(true);
  });

  test("A3 ends the stay of a player who is away, at once", async () => {
    const { server, moderation, presences } = await moderated();
    const [ada, bao] = [server.join("Ada"), server.join("Bao")];
    server.tick(1, ada, bao);
    ada.connection.close(1006, "");
    server.tick(1, bao);
    expect(bao.names()).toEqual(["Ada", "Bao"]);
    expect(moderation.kick(presences, { session: `pond/${ada.id}` }, "")).toBe(1);
    server.tick(1, bao);
    expect(bao.names()).toEqual(["Bao"]);
    expect(server.join("Ada", resume(ada)).welcome.resumed).toBe(false);
  });

  test("A3 a session keeps its name over a resume, and a stale connection of it does no harm", async () => {
    const { server, moderation, presences } = await moderated();
    const ada = server.join("Ada");
    server.tick(1, ada);
    const back = server.join("Ada", resume(ada));
    server.tick(1, back);
    expect(back.id).toBe(ada.id);
    expect(moderation.kick(presences, { session: `pond/${ada.id}` }, "")).toBe(1);
    expect(back.connection.closed?.code).toBe(CloseCode.CLOSE_CODE_KICKED);
    expect(server.rooms.size).toBe(0);
  });

  test("A3 an address or prefix ends all who are there, and connections before their hello", async () => {
    const { server, moderation, presences } = await moderated();
    const inside = ["192.0.2.1", "192.0.2.255"].map((address, i) => server.join(`in${i}`, {}, address));
    const outside = server.join("out", {}, "192.0.3.1");
    const silent = server.connect("192.0.2.9");
    expect(moderation.kick(presences, target("192.0.2.0/24"), "")).toBe(2);
    expect(inside.map(({ connection }) => connection.closed?.code)).toEqual([4506, 4506]);
    expect([silent.closed?.code, outside.connection.closed]).toEqual([4506, undefined]);
    expect(server.lobby.connectionCounts).toEqual({ websocket: 1, polling: 0 });
  });

  test("A3 of nobody does nothing", async () => {
    const { server, moderation, presences } = await moderated();
    const ada = server.join("Ada");
    for (const session of ["pond/99999", "sea/1", "", "pond", `pond/${ada.id} `]) {
      expect(moderation.kick(presences, { session }, "")).toBe(0);
    }
    expect(moderation.kick(presences, { account: "ada" }, "")).toBe(0);
    expect(ada.connection.isOpen).toBe(true);
  });
});

describe("ban", () => {
  test("A4 of an address ends its sessions and refuses it before anything that it sends is read", async () => {
    const { server, moderation, presences } = await moderated();
    const [ada, bao] = [server.join("Ada", {}, "192.0.2.7"), server.join("Bao", {}, "192.0.3.7")];
    const outcome = moderation.ban(presences, target("192.0.2.0/24"), 60, "spam");
    expect(outcome).toMatchObject({ ended: 1 });
    const reason = "banned until 2026-01-02T01:00Z: spam";
    expect(ada.connection.closed).toEqual({ code: CloseCode.CLOSE_CODE_BANNED, reason });
    expect(bao.connection.isOpen).toBe(true);
    const again = server.connect("192.0.2.200");
    expect(again.closed).toEqual({ code: CloseCode.CLOSE_CODE_BANNED, reason });
    expect(again.sent).toEqual([]);
    // What still comes on it reaches nobody.
    server.receive(again, shoal.Hello.encode({ join: {} }).finish());
    expect(server.counters.rejects).toMatchObject({ banned: 1, undecodable: 0 });
    expect(server.lobby.sessionCount).toBe(1);
    expect(server.lobby.connectionCounts.websocket).toBe(1);
  });

  test("A4 nobody comes back with an old token from elsewhere, and the address is welcome after its time", async () => {
    const { server, moderation, presences, wall } = await moderated();
    const bao = server.join("Bao", {}, "192.0.3.7");
    const ada = server.join("Ada", {}, "192.0.2.7");
    server.tick(1, ada, bao);
    moderation.ban(presences, target("192.0.2.7"), 1, "");
    expect(server.join("Ada", resume(ada), "192.0.4.1").welcome.resumed).toBe(false);
    expect(server.connect("192.0.2.7").isOpen).toBe(false);
    wall.ms += 60_000;
    expect(server.connect("192.0.2.7").isOpen).toBe(true);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.1.2.3", true],
  ["192.0.2.7", false],
  ["", false],
])("A4 the address %s stands for others, too: %s", (address, is) => {
  const proxies = [parseIpPrefix("10.0.0.0/8")].flatMap((prefix) => prefix ?? []);
  expect(isShared(address, proxies)).toBe(is);
});

describe("accounts", () => {
  /** A token is the account; it is checked at once. */
  async function known() {
    const log = await createLog("silent", { write: () => {} });
    const moderation = new Moderation({ dataDir: undefined, log, wallMs: () => WALL_MS });
    const server = new ServerHarness({
      authenticator: { check: async (token) => ({ identity: { account: token, name: undefined } }) },
      refuseAddress: (address) => moderation.refuseAddress(address),
      refuseAccount: (account) => moderation.refuseAccount(account),
    });
    const hello = async (authToken: string, more: shoal.Hello.$Properties = {}, address?: string) => {
      const connection = server.hello({ join: { look: { name: authToken } }, authToken, ...more }, address);
      await new Promise<void>((done) => setImmediate(done));
      return connection;
    };
    return { server, moderation, presences: presencesIn(server.lobby), hello };
  }

  test("A3 a kick of an account ends its stay, and the account may come back", async () => {
    const { server, moderation, presences, hello } = await known();
    const [ada, bao] = [await hello("ada"), await hello("bao")];
    const clock = { nowMs: server.nowMs, tickHz: 20 };
    expect(roster(server.lobby, { ...NO_FILTER, account: "ada" }, clock).rows).toMatchObject([
      { account: "ada", name: "ada" },
    ]);
    expect(moderation.kick(presences, { account: "ada" }, "")).toBe(1);
    expect([ada.closed?.code, bao.closed]).toEqual([CloseCode.CLOSE_CODE_KICKED, undefined]);
    expect((await hello("ada")).closed).toBeUndefined();
    expect(server.lobby.sessionCount).toBe(2);
  });

  test("A4 a banned account is out at once and wherever it comes from, with its old token or without", async () => {
    const { server, moderation, presences, hello } = await known();
    const ada = await hello("ada");
    const { resumeToken } = shoal.Welcome.decode(ada.sent[0]);
    expect(moderation.ban(presences, { account: "ada" }, undefined, "spam")).toMatchObject({ ended: 1 });
    const closed = { code: CloseCode.CLOSE_CODE_BANNED, reason: "banned: spam" };
    expect(ada.closed).toEqual(closed);
    expect((await hello("ada", {}, "198.51.100.9")).closed).toEqual(closed);
    expect((await hello("ada", { resumeToken })).closed).toEqual(closed);
    expect((await hello("bao")).closed).toBeUndefined();
    expect(server.lobby.sessionCount).toBe(1);
  });

  test("A4 a ban reaches an account whose token is being checked at that moment", async () => {
    const { server, moderation, presences } = await known();
    const ada = server.hello({ join: {}, authToken: "ada" });
    moderation.ban(presences, { account: "ada" }, undefined, "");
    await new Promise<void>((done) => setImmediate(done));
    expect(ada.closed?.code).toBe(CloseCode.CLOSE_CODE_BANNED);
    expect(server.lobby.sessionCount).toBe(0);
  });
});

describe("the roster", () => {
  test("A3 shows each stay once, with or without a connection", async () => {
    const { server } = await moderated();
    const ada = server.join("Ada", {}, "192.0.2.7");
    const bao = server.join("Bao", { room: "sea" });
    server.tick(40, bao);
    ada.connection.close(1006, "");
    const clock = { nowMs: server.nowMs, tickHz: 20 };
    const { rows, more } = roster(server.lobby, NO_FILTER, clock);
    expect(more).toBe(0);
    expect(rows).toHaveLength(2);
    expect(rows.find(({ name }) => name === "Ada")).toEqual({
      session: expect.stringMatching(/^pond\/\d+$/),
      room: "pond",
      name: "Ada",
      account: undefined,
      address: "192.0.2.7",
      transport: "websocket",
      forS: 2,
      isAway: true,
      bufferedBytes: 0,
      lagMs: 2000,
    });
    expect(rows.find(({ room }) => room === "sea")).toMatchObject({
      session: `sea/${bao.id}`,
      isAway: false,
      lagMs: 0,
    });
    const names = (filter: object) =>
      roster(server.lobby, { ...NO_FILTER, ...filter }, clock).rows.map(({ name }) => name);
    expect(names({ room: "sea" })).toEqual(["Bao"]);
    expect(names({ name: "AD" })).toEqual(["Ada"]);
    expect(names({ account: "ada" })).toEqual([]);
  });

  test("A3 shows at most 500 and says how many more there are", () => {
    const server = new ServerHarness({ capacity: ROWS_MAX + 7 });
    for (let i = 0; i < ROWS_MAX + 7; i++) server.join(`p${i}`);
    const { rows, more } = roster(server.lobby, NO_FILTER, { nowMs: server.nowMs, tickHz: 20 });
    expect([rows.length, more]).toEqual([ROWS_MAX, 7]);
  });
});

describe("over the operators' port", () => {
  /** A player on a real connection; resolves when it is in, and then with the code that ended it. */
  async function play({ app }: Server, name: string, openTransport = openWebSocket) {
    let onEnd = (_code: number): void => {};
    const ended = new Promise<number>((done) => {
      onEnd = done;
    });
    let onFrame = (): void => {};
    const joined = new Promise<void>((done) => {
      onFrame = done;
    });
    const client = new SyncClient({
      url: `http://127.0.0.1:${app.port}`,
      join: { look: { name } },
      openTransport,
      now: () => performance.now(),
      random: Math.random,
      onFrame: () => onFrame(),
      onEvent: () => {},
      onState: (state) => {
        if (state.kind === "ended") onEnd(state.code);
      },
    });
    onTestFinished(() => client.close());
    client.setView(0, 0, 800, 600);
    client.start();
    await Promise.race([joined, ended]);
    return { client, ended };
  }

  test("A3 A4 A5 kick, ban, list and lift; a ban outlives the process where there is a place for it", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "shoal-admin-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const server = await serve({ DATA_DIR: dataDir });
    const ada = await play(server, "Ada");
    const [row] = (await server.ask("GET", "/sessions?name=ada")).json.sessions;
    expect(row).toMatchObject({ session: "pond/1", name: "Ada", address: "127.0.0.1", transport: "websocket" });
    expect((await server.ask("POST", "/kick", { session: "pond/77" })).status).toBe(404);
    expect(JSON.parse(server.lines.at(-1) ?? "")).toMatchObject({
      session: "pond/77",
      msg: "an operator would kick, but nobody was there",
    });
    expect((await server.ask("POST", "/kick", { session: row.session })).json).toEqual({ kicked: 1 });
    expect(await ada.ended).toBe(CloseCode.CLOSE_CODE_KICKED);

    const again = await play(server, "Ada");
    const [second] = (await server.ask("GET", "/sessions")).json.sessions;
    // Everybody behind a proxy that nobody told of comes from this machine.
    const refused = await server.ask("POST", "/ban", { session: second.session, minutes: 5 });
    expect(refused).toMatchObject({ status: 409 });
    expect((await server.ask("GET", "/bans")).json.bans).toEqual([]);
    expect(again.client.state.kind).toBe("joined");
    const banned = await server.ask("POST", "/ban", { address: "127.0.0.1", minutes: 5, reason: "spam" });
    expect(banned).toMatchObject({
      status: 200,
      json: { ban: { address: "127.0.0.1", reason: "spam" }, kicked: 1, kept: "on disk" },
    });
    expect(await again.ended).toBe(CloseCode.CLOSE_CODE_BANNED);
    expect(await (await play(server, "Ada")).ended).toBe(CloseCode.CLOSE_CODE_BANNED);
    await server.app.close();

    const next = await serve({ DATA_DIR: dataDir });
    expect((await next.ask("GET", "/bans")).json.bans).toEqual([banned.json.ban]);
    for (const open of [openWebSocket, openPolling]) {
      expect(await (await play(next, "Ada", open)).ended).toBe(CloseCode.CLOSE_CODE_BANNED);
    }
    expect((await next.ask("DELETE", "/ban", { address: "192.0.2.7" })).status).toBe(404);
    expect((await next.ask("DELETE", "/ban", { address: "127.0.0.1" })).json).toEqual({
      lifted: banned.json.ban,
      kept: "on disk",
    });
    expect((await play(next, "Ada")).client.state.kind).toBe("joined");
    const acts = next.lines.map((line) => JSON.parse(line).operator).filter((act) => act !== undefined);
    expect(acts).toEqual(["lift"]);
  });

  test("A6 A7 a report reaches the operators, and is on disk when the server has ended", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "shoal-admin-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const server = await serve({ DATA_DIR: dataDir });
    const { client } = await play(server, "Ada");
    client.sendEvent({ report: { aboutId: 1, words: "see for yourself" } });
    const reported = async () => (await server.ask("GET", "/reports")).json;
    while ((await reported()).sinceStart === 0);
    const { reports } = await reported();
    expect(reports).toMatchObject([
      { number: 1, words: "see for yourself", by: { name: "Ada", address: "127.0.0.1" } },
    ]);
    await server.app.close();
    expect(JSON.parse(readFileSync(join(dataDir, "reports.jsonl"), "utf8"))).toEqual(reports[0]);
  });

  test("A5 without DATA_DIR the answer says that a ban ends with the server", async () => {
    const server = await serve();
    const { json } = await server.ask("POST", "/ban", { account: "ada" });
    expect(json).toMatchObject({
      ban: { account: "ada" },
      kicked: 0,
      kept: expect.stringContaining("DATA_DIR is not set"),
    });
  });
});
