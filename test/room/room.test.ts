/** What becomes of inputs in a room's tick, and that nothing else moves the world. */
import { describe, expect, test } from "vitest";
import type { World } from "../../server/sim/world.ts";
import { ServerHarness } from "../session/server-harness.ts";

const EAST = 0;
const swim = { steer: { heading: EAST, swim: true } };
const stop = { steer: { heading: EAST, swim: false } };

function worldOf(server: ServerHarness): World {
  const room = server.rooms.get("pond");
  if (room === undefined) throw new Error("no room");
  return room.world;
}

describe("inputs", () => {
  test("I1 I2 an input is taken in the tick it is meant for, one a tick", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(1, player);
    player.tell({ inputTick: 4, inputs: [swim, swim] });
    const taken: number[] = [];
    for (let tick = 2; tick <= 6; tick++) {
      const before = server.counters.inputs;
      server.tick(1, player);
      taken.push(server.counters.inputs - before);
    }
    expect(taken).toEqual([0, 0, 1, 1, 0]);
  });

  test("I1 a message replaces what waits for its ticks and later ones", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(1, player);
    player.tell({ inputTick: 5, inputs: [stop, swim, swim] });
    player.tell({ inputTick: 6, inputs: [stop] });
    server.tick(10, player);
    expect(server.counters.inputs).toBe(2);
    expect(worldOf(server).motion.speed[player.slot]).toBe(0);
  });

  test("I2 of inputs that come too late the newest counts, and the next frame tells the own motion", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(10, player);
    const told = player.own?.tick;
    player.tell({ inputTick: 6, inputs: [swim, stop, swim] });
    server.tick(1, player);
    expect(server.counters.inputs).toBe(1);
    const { motion } = worldOf(server);
    const { slot } = player;
    expect(player.own).toMatchObject({
      tick: 11,
      motion: { x: motion.x[slot], y: motion.y[slot], speed: 800, lateTicks: 5 },
    });
    expect(told).toBe(1);
  });

  test("I3 the last input goes on when none waits", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    server.tick(1, player);
    player.steer(EAST, true);
    server.tick(20, player);
    const from = player.x;
    server.tick(20, player);
    expect(player.x - from).toBeCloseTo(100, 0);
    player.steer(EAST, false);
    server.tick(100, player);
    const rest = player.x;
    server.tick(20, player);
    expect(player.x).toBe(rest);
  });

  test("I4 an input more than a second ahead is taken after a second", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    player.tell({ inputTick: 500, inputs: [swim] });
    server.tick(19, player);
    expect(server.counters.inputs).toBe(0);
    server.tick(1, player);
    expect(server.counters.inputs).toBe(1);
  });

  test("I4 of more than 64 waiting inputs the oldest are lost", () => {
    const server = new ServerHarness({ tickHz: 60 });
    const player = server.join("Ada");
    for (let first = 1; first <= 60; first += 10) {
      player.tell({ inputTick: first, inputs: Array.from({ length: 10 }, () => swim) });
    }
    server.tick(5, player);
    expect(server.counters.inputs).toBe(5);
    for (let first = 6; first <= 65; first += 10) {
      player.tell({ inputTick: first, inputs: Array.from({ length: 10 }, () => swim) });
    }
    server.tick(60, player);
    expect(server.counters.inputs).toBe(65);
  });

  test("I5 the own motion comes first, then once a second while it moves and is steered", () => {
    const server = new ServerHarness();
    const player = server.join("Ada");
    const ticks = new Set<number>();
    const run = (count: number) => {
      for (let i = 0; i < count; i++) {
        server.tick(1, player);
        if (player.own !== undefined) ticks.add(player.own.tick);
      }
    };
    run(60);
    expect([...ticks]).toEqual([1]);
    player.steer(EAST, true);
    run(60);
    expect(ticks.size).toBe(4);
    const { motion } = worldOf(server);
    const told = player.own;
    expect(told?.motion.heading).toBe(motion.heading[player.slot]);
  });

  test("T1 swimming speed does not depend on the tick rate", () => {
    const distances = [10, 20, 60].map((tickHz) => {
      const server = new ServerHarness({ tickHz });
      const player = server.join("Ada");
      server.tick(1, player);
      player.steer(EAST, true);
      server.tick(3 * tickHz, player);
      const from = player.x;
      server.tick(3 * tickHz, player);
      return player.x - from;
    });
    for (const distance of distances) expect(distance).toBeCloseTo(300, 0);
  });

  test("T4 the same inputs at the same ticks give the same world", () => {
    const run = () => {
      const server = new ServerHarness();
      const players = ["Ada", "Bao", "Chidi"].map((name) => server.join(name));
      for (let i = 0; i < 100; i++) {
        players[i % 3].steer((i * 7919) & 65535, i % 5 !== 0);
        server.tick(1, ...players);
      }
      return server.rooms.get("pond")?.world.hash();
    };
    expect(run()).toBe(run());
  });
});
