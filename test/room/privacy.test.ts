/**
 * What no message can do and no bytes may hold (threats T11 and T14): nobody moves another's entity, nobody is told of what is outside of
 * the own cells, and nobody gets what is meant for another.
 */
import { expect, test } from "vitest";
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { VIEW_EDGE_MAX } from "../../proto/limits.ts";
import { seededRandom } from "../../proto/random.ts";
import { pondGame } from "../../server/game/pond.ts";
import { goodFrame, hostileMessage } from "../session/hostile-bytes.ts";
import { ServerHarness, type TestPlayer } from "../session/server-harness.ts";

const TICKS = 200;
/** Who is sent away leaves at once, and another may come. */
const ALONE = { worldSize: 1024, resumeSeconds: 0 };

test.each([1, 2, 3, 4])(
  "T11 seed %i: whatever one client sends, another's tadpole swims as if nothing had been sent",
  (seed) => {
    const random = seededRandom(seed);
    const servers = [new ServerHarness(ALONE), new ServerHarness(ALONE)];
    const pairs = servers.map((server) => ["Ada", "Eve"].map((name) => server.join(name)));
    for (let i = 0; i < TICKS; i++) {
      if (i % 10 === 0) {
        const [heading, swim] = [Math.floor(random() * 65_536), random() < 0.8];
        for (const [ada] of pairs) ada.steer(heading, swim);
      }
      const [harmed] = servers;
      for (let n = 0; n < 4; n++) {
        if (!pairs[0][1].connection.isOpen) pairs[0][1] = harmed.join("Eve");
        harmed.receive(
          pairs[0][1].connection,
          hostileMessage(random, () => goodFrame(random, harmed.rooms.tick)),
        );
      }
      for (const [at, server] of servers.entries()) server.tick(1, pairs[at][0]);
      const [seen, expected] = servers.map((server, at) => {
        const { slot } = pairs[at][0];
        const { x, y, heading, speed, thrust } = server.rooms.get("pond")?.world.motion ?? pairs[at][0].replica.motion;
        return [x[slot], y[slot], heading[slot], speed[slot], thrust[slot]];
      });
      expect(seen, `tick ${i}`).toEqual(expected);
    }
  },
);

const PLAYERS = 40;
const WORLD = 4096;
const CELL = 160;

/** A crowd over a wide world, all looking about, swimming, talking and whispering. */
class Crowd {
  readonly server = new ServerHarness({
    worldSize: WORLD,
    cellSize: CELL,
    capacity: 64,
    createGame: pondGame({ spawnRange: 2000 }),
  });
  readonly players: TestPlayer[];
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.players = Array.from({ length: PLAYERS }, (_, i) => this.server.join(`Player ${i}`));
    this.server.tick(1, ...this.players);
  }

  act(tick: number): void {
    const { random } = this;
    for (const [i, player] of this.players.entries()) {
      // A stamp names its sender: its echo must come back to nobody else.
      player.tell({ stamp: stampOf(i, tick) });
      if (random() < 0.05) player.steer(Math.floor(random() * 65_536), true);
      if (random() < 0.05) player.tell({ view: this.#anyView() });
      if (random() < 0.02) player.tell({ events: [{ say: { text: `said ${i}` } }] });
      if (random() < 0.02) {
        const to = this.players[Math.floor(random() * PLAYERS)];
        player.tell({ events: [{ whisper: { toId: to.id, text: `${player.id} to ${to.id}` } }] });
      }
      // Slow for a while, or over its backlog: then it starts over.
      player.connection.buffered = random() < 0.1 ? 1e6 : 0;
      player.connection.nextResult = random() < 0.05 ? "dropped" : "sent";
    }
  }

  /** Also of places far from where the player is, and larger than may be. */
  #anyView(): shoal.View.$Properties {
    const at = () => Math.floor((this.random() * 2 - 0.5) * WORLD);
    const size = () => 1 + Math.floor(this.random() * 6000);
    return { left: at(), top: at(), width: size(), height: size() };
  }
}

function stampOf(player: number, tick: number): number {
  return (player + 1) * 1e6 + tick;
}

/** How far the place is from the nearest of the others. */
function distance(place: number, others: readonly number[]): number {
  return Math.min(...others.map((other) => Math.abs(other - place)));
}

/** SPEC C8: slot and thrust, x, y, heading, and the speed of those who coast. */
function slotsIn(records: readonly number[]): number[] {
  const slots: number[] = [];
  for (let at = 0; at < records.length; at += 4 + (records[at] & 1)) slots.push(records[at] >>> 1);
  return slots;
}

test.each([1, 2])(
  "V2 V4 T11 T14 seed %i: each of many frames holds its own cells and its own words, and nothing else",
  (seed) => {
    const crowd = new Crowd(seed);
    const { server, players } = crowd;
    const parts = new FrameParts();
    let frames = 0;
    for (let tick = 1; tick <= TICKS; tick++) {
      crowd.act(tick);
      const marks = players.map(({ connection }) => connection.sent.length);
      server.tick(1);
      const room = server.rooms.get("pond");
      if (room === undefined) throw new Error("the room is gone");
      const { encoder, world } = room;
      const cellOf = new Map<number, number>();
      for (let cell = 0; cell < encoder.columns * encoder.rows; cell++) {
        for (const slot of encoder.roster(cell)) cellOf.set(slot, cell);
      }
      for (const [i, player] of players.entries()) {
        const { sent } = player.connection;
        expect(sent.length - marks[i]).toBeLessThanOrEqual(1);
        if (sent.length === marks[i]) continue;
        frames++;
        const bytes = sent[marks[i]];
        parts.read(bytes);
        player.read();
        const { replica, slot } = player;
        const view = new Set(replica.cells.keys());
        // The rectangle is no larger than granted, and the own entity is in it.
        const columns = [...view].map((cell) => cell % encoder.columns);
        const rows = [...view].map((cell) => Math.floor(cell / encoder.columns));
        const edge = Math.ceil(VIEW_EDGE_MAX / CELL) + 1;
        expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(edge);
        expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(edge);
        // It is moved once a second, so the entity may have swum into the next cell.
        expect(distance(Math.floor(world.motion.x[slot] / 32 / CELL), columns)).toBeLessThanOrEqual(1);
        expect(distance(Math.floor(world.motion.y[slot] / 32 / CELL), rows)).toBeLessThanOrEqual(1);
        // Whom it names is in one of its cells, by the server's own book.
        const frame = shoal.ServerFrame.decode(bytes);
        const named = frame.entities.map((rest) => rest.slot ?? 0);
        for (const { cell, records } of frame.keyframes) {
          expect(view).toContain(cell ?? 0);
          named.push(...slotsIn(records ?? []));
        }
        for (const other of named)
          expect(view, `tick ${tick}, player ${i}, slot ${other}`).toContain(cellOf.get(other));
        // What is for one alone is for this one.
        const stamp = frame.echo?.stamp ?? 0;
        if (stamp !== 0) expect(Math.floor(stamp / 1e6)).toBe(i + 1);
        for (const { said } of frame.events) {
          if (said?.scope === shoal.Scope.SCOPE_WHISPER)
            expect(said.text?.split(" to ").map(Number)).toContain(player.id);
        }
      }
    }
    expect(frames).toBeGreaterThan(PLAYERS * TICKS * 0.5);
  },
);
