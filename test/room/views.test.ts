/** Which part of the world a client is told of: around its own entity, where it asks, or nothing while nobody looks. */
import { describe, expect, test } from "vitest";
import { ServerHarness } from "../session/server-harness.ts";

const EAST = 0;

describe("views", () => {
  test("V4 C11 a newcomer sees everyone in view at once, resting ones included, and nobody else", () => {
    const server = new ServerHarness({ worldSize: 4096 });
    const players = Array.from({ length: 30 }, (_, i) => server.join(`p${String(i).padStart(2, "0")}`));
    // Half of them swim far away and rest there.
    players.forEach((player, i) => i < 15 && player.steer(EAST, true));
    server.tick(400, ...players);
    players.forEach((player, i) => i < 15 && player.steer(EAST, false));
    server.tick(100, ...players);
    const late = server.join("late");
    server.tick(1, late);
    expect(late.names()).toEqual(["late", ...players.slice(15).map((_, i) => `p${i + 15}`)]);
  });

  test("V4 who left is not visible any more, though remembered by id", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const { slot, id } = bao;
    expect(ada.replica.isVisible(slot)).toBe(true);
    bao.connection.close(1000, "");
    server.tick(1, ada);
    expect(ada.replica.slotOfId(id)).toBe(slot);
    expect(ada.replica.isVisible(slot)).toBe(false);
  });

  test("V2 the own entity is always in view, whatever the client asks for", () => {
    const server = new ServerHarness({ worldSize: 4096 });
    const player = server.join("Ada");
    server.tick(1, player);
    const wishes = [
      { left: -1e6, top: -1e6, width: 100, height: 100 },
      { left: 1e6, top: 0, width: 4e9, height: 4e9 },
      { left: 0, top: 0, width: 1, height: 1 },
    ];
    for (const view of wishes) {
      player.tell({ view });
      server.tick(2, player);
      expect(player.names()).toEqual(["Ada"]);
    }
  });

  test("V3 the view follows an entity that swims away from it", () => {
    const server = new ServerHarness({ worldSize: 4096 });
    const player = server.join("Ada");
    server.tick(1, player);
    player.steer(EAST, true);
    server.tick(30 * 20, player);
    expect(player.names()).toEqual(["Ada"]);
  });

  test("V4 the cells told of never hold an entity that the granted view does not touch", () => {
    const server = new ServerHarness({ worldSize: 4096, cellSize: 64 });
    const crowd = Array.from({ length: 40 }, (_, i) => server.join(`c${i}`));
    const player = server.join("Ada", { view: { width: 200, height: 200 } });
    crowd.forEach((one, i) => one.steer(i * 1600, true));
    for (let t = 0; t < 100; t++) {
      server.tick(1, player, ...crowd);
      const { replica, slot } = player;
      for (let i = 0; i < replica.visibleCount; i++) {
        const other = replica.visible[i];
        const dx = Math.abs(replica.motion.x[other] - replica.motion.x[slot]) / 32;
        // Half the view, one cell, its border, and a second's way until the view follows.
        expect(dx).toBeLessThan(100 + 64 + 16 + 100);
      }
    }
  });
});

describe("hidden pages", () => {
  test("V6 a hidden page gets a heartbeat, less than 20 KB in ten minutes, and all of its view in one frame when it is back", () => {
    const server = new ServerHarness();
    const player = server.join("Ada", { view: { width: 800, height: 600 } });
    const others = Array.from({ length: 30 }, (_, i) => server.join(`p${i}`));
    server.tick(20, player, ...others);
    player.tell({ view: {} });
    server.tick(1, player, ...others);
    const { sent } = player.connection;
    const from = sent.length;
    for (let t = 0; t < 600 * 20; t++) {
      if (t % 20 === 0) others[t % 30].tell({ events: [{ shout: { text: `line ${t}` } }] });
      others.forEach((other, i) => t % 10 === 0 && other.steer((t * 977 + i * 3000) & 65535, true));
      server.tick(1, player, ...others);
    }
    const bytes = sent.slice(from).reduce((sum, frame) => sum + frame.length + 2, 0);
    expect(sent.length - from).toBe(600);
    expect(bytes).toBeLessThan(20_000);
    expect(player.connection.closed).toBeUndefined();
    expect(player.replica.visibleCount).toBe(0);
    player.tell({ view: { left: 624, top: 724, width: 800, height: 600 } });
    const heard = player.heard().length;
    const ownBefore = player.own?.tick;
    server.tick(1, player, ...others);
    const room = server.rooms.get("pond");
    if (room === undefined) throw new Error("no room");
    const { motion } = room.world;
    expect(player.replica.visibleCount).toBeGreaterThan(0);
    for (let i = 0; i < player.replica.visibleCount; i++) {
      const slot = player.replica.visible[i];
      expect(Math.abs(player.replica.motion.x[slot] - motion.x[slot])).toBeLessThanOrEqual(16);
    }
    expect(player.own?.tick).not.toBe(ownBefore);
    expect(player.heard().length - heard).toBeGreaterThan(0);
    server.tick(5, player, ...others);
    expect(player.names().filter((name) => name === "?")).toEqual([]);
  });
});
