/**
 * Chat through ends without warning, failing rooms, lost connections, hidden pages and slow readers: whatever happens when, nobody hears a line twice, in another
 * order than others, or never (SPEC S15, S16, S21).
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "../../client/sync/event-queue.ts";
import { pondGame } from "../../server/game/pond.ts";
import type { CreateGame } from "../../server/room/game.ts";
import { FakeDisk, ServerHarness, type TestPlayer } from "../session/server-harness.ts";

const LOST = 1006;
const POISON = "poison";
const NAMES = ["Ada", "Bao", "Cyd"];

/** A game whose filter throws on a word. */
const createGame: CreateGame = (host) => {
  const pond = pondGame({ spawnRange: 150 })(host);
  return {
    enter: (join, identity) => pond.enter(join, identity),
    leave: (slot) => pond.leave(slot),
    away: (slot) => pond.away(slot),
    back: (slot, join, identity) => pond.back(slot, join, identity),
    isInput: (input) => pond.isInput(input),
    input: (slot, input) => pond.input(slot, input),
    event(slot, event) {
      if (event.look?.name === POISON) throw new Error("the filter");
      pond.event(slot, event);
    },
    step: () => pond.step(),
    entity: (slot) => pond.entity(slot),
    nameOf: (slot) => pond.nameOf(slot),
    save: (slot, to) => pond.save(slot, to),
    load: (slot, saved) => pond.load(slot, saved),
  };
};

/** A player with a real queue of events, over any number of connections and servers. */
class Speaker {
  readonly name: string;
  readonly queue = new EventQueue();
  readonly heard: string[] = [];
  player: TestPlayer;
  /** Reads none of what comes. */
  isSlow = false;
  #told = 0;

  constructor(server: ServerHarness, name: string) {
    this.name = name;
    this.player = server.join(name);
    this.queue.restart(4096);
  }

  get isConnected(): boolean {
    return this.player.connection.isOpen;
  }

  send(): void {
    if (this.isConnected && !this.queue.isEmpty) this.player.tell(this.queue.take());
  }

  read(): void {
    if (!this.isConnected || this.isSlow) return;
    this.player.read();
    const all = this.player.heard();
    this.heard.push(...all.slice(this.#told));
    this.#told = all.length;
    this.queue.acknowledge(this.player.eventAck);
  }

  resume(server: ServerHarness): void {
    if (this.isConnected) this.player.connection.close(LOST, "");
    const { welcome, replica } = this.player;
    this.player = server.join(this.name, { resumeToken: welcome.resumeToken, ackTick: replica.tick });
    expect(this.player.welcome.resumed).toBe(true);
    this.queue.resume(this.player.welcome.lastEvent, 4096);
    this.#told = 0;
  }
}

const acts = ["shout", "send", "tick", "tick", "tick-3", "lose", "resume", "hide", "show", "slow", "fast"] as const;
const step = fc.record({
  who: fc.nat(NAMES.length - 1),
  act: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...acts) },
    { weight: 2, arbitrary: fc.constant("crash" as const) },
    { weight: 1, arbitrary: fc.constant("poison" as const) },
    { weight: 1, arbitrary: fc.constant("second" as const) },
  ),
});

test("S21 S11 whatever ends when, everybody hears every line once and in one order, seed 21", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
      const disk = new FakeDisk();
      let server = new ServerHarness({ createGame, disk, resumeSeconds: 600 });
      const speakers = NAMES.map((name) => new Speaker(server, name));
      const tick = (count: number) => {
        for (let i = 0; i < count; i++) {
          server.tick(1);
          for (const speaker of speakers) speaker.read();
        }
      };
      tick(1);
      const said: string[] = [];
      let poisons = 0;
      for (const { who, act } of steps) {
        const speaker = speakers[who];
        if (act === "shout") {
          const text = `${said.length}`;
          if (speaker.queue.add({ shout: { text } })) said.push(`${speaker.name}: ${text}`);
        } else if (act === "send") speaker.send();
        else if (act === "tick") tick(1);
        else if (act === "tick-3") tick(3);
        else if (act === "second") tick(20);
        else if (act === "lose" && speaker.isConnected) speaker.player.connection.close(LOST, "");
        else if (act === "resume") speaker.resume(server);
        else if (act === "hide" && speaker.isConnected) speaker.player.tell({ view: {} });
        else if (act === "show" && speaker.isConnected) speaker.player.tell({ view: { width: 800, height: 600 } });
        else if (act === "slow") speaker.isSlow = true;
        else if (act === "fast") speaker.isSlow = false;
        else if (act === "poison" && poisons < 2) {
          // The third would close the room.
          poisons++;
          speaker.queue.add({ look: { name: POISON } });
          speaker.send();
        } else if (act === "crash") {
          for (const { player } of speakers) player.connection.isOpen = false;
          server = new ServerHarness({ createGame, disk, resumeSeconds: 600 });
        }
      }
      for (let round = 0; round < 4; round++) {
        for (const speaker of speakers) {
          speaker.isSlow = false;
          if (round < 3 || !speaker.isConnected) speaker.resume(server);
          speaker.player.tell({ view: { width: 800, height: 600 } });
        }
        // Long enough for the bank of lines to fill, and for everything that waits to be sent, taken and heard.
        for (let i = 0; i < 20; i++) {
          for (const speaker of speakers) speaker.send();
          tick(2);
        }
      }
      const [first, ...others] = speakers;
      for (const other of others) expect(other.heard).toEqual(first.heard);
      expect(new Set(first.heard).size).toBe(first.heard.length);
      expect(first.heard.length).toBeLessThanOrEqual(said.length);
      for (const speaker of speakers) expect(speaker.queue.unacknowledgedCount).toBe(0);
      const notices = speakers.flatMap(({ player }) => player.notices()).length;
      if (notices === 0 && said.length <= 5) expect(first.heard.length).toBe(said.length);
    }),
    { seed: 21, numRuns: 150 },
  );
});
