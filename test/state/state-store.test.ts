/** DATA_DIR: real files in a folder of the test's own, under real rooms. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { shoal } from "../../proto/gen/shoal.js";
import type { Room } from "../../server/room/room.ts";
import { DataFolderError, openDataFolder } from "../../server/state/data-folder.ts";
import { Journal } from "../../server/state/journal-file.ts";
import { tickToGoOnFrom } from "../../server/state/restore.ts";
import { HEAD_BYTES } from "../../server/state/sealed-file.ts";
import { createStateCounters } from "../../server/state/state-counters.ts";
import { openStateStore, type StateStore } from "../../server/state/state-store.ts";
import { type Disk, ServerHarness, TestPlayer } from "../session/server-harness.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "shoal-state-"));
  closers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const SETTINGS = { tickHz: 20, worldSize: 2048 };

/** A server's end of DATA_DIR; `kill` is what SIGKILL leaves. */
class StoreDisk implements Disk {
  readonly store: StateStore;
  readonly counters: ReturnType<typeof createStateCounters>;
  readonly troubles: string[];
  readonly path: string;
  #last: { rooms: Room[]; tick: number; epochs: number } = { rooms: [], tick: 0, epochs: 0 };

  static async open(path: string, settings = SETTINGS): Promise<StoreDisk> {
    const counters = createStateCounters();
    const troubles: string[] = [];
    const onTrouble = (kind: string, _: object, words: string) => void troubles.push(`${kind}: ${words}`);
    const onLost = () => onTrouble("lost", {}, "another server has the folder");
    const store = await openStateStore(path, { settings, wallNow: () => 1_000_000, counters, onTrouble, onLost });
    return new StoreDisk(path, store, counters, troubles);
  }

  private constructor(
    path: string,
    store: StateStore,
    counters: ReturnType<typeof createStateCounters>,
    troubles: string[],
  ) {
    this.path = path;
    this.store = store;
    this.counters = counters;
    this.troubles = troubles;
  }

  get left(): Disk["left"] {
    return this.store.restored;
  }

  keep(rooms: Iterable<Room>): boolean {
    return this.store.append(rooms);
  }

  onCheckpoint(rooms: Iterable<Room>, tick: number, epochs: number): void {
    this.#last = { rooms: [...rooms], tick, epochs };
    this.store.save(this.#last.rooms, { tick, epochs });
  }

  /** Ends writing as it is: files as they are, and a lock of a process that is gone. */
  async kill(): Promise<void> {
    await this.store.abandon();
    writeFileSync(join(this.path, "lock"), "999999999 gone\n");
  }

  files(kind: string): string[] {
    return readdirSync(this.path).filter((name) => name.startsWith(kind));
  }

  /** Waits until the snapshot under way is written. */
  async settled(): Promise<void> {
    await this.store.settled();
  }
}

function says(...texts: string[]): shoal.ClientEvent.$Properties[] {
  return texts.map((text) => ({ shout: { text } }));
}

function resume(server: ServerHarness, before: TestPlayer): TestPlayer {
  const { resumeToken } = before.welcome;
  return new TestPlayer(server, server.hello({ join: {}, resumeToken, ackTick: before.replica.tick }));
}

/** A server with two players who have been there for a while, with a snapshot each second. */
async function startPond(path: string) {
  const disk = await StoreDisk.open(path);
  const server = new ServerHarness({ disk });
  const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
  for (let second = 0; second < 4; second++) {
    server.tick(20, ada, bao);
    await disk.settled();
  }
  return { disk, server, ada, bao };
}

describe("DATA_DIR", () => {
  test("S19 S21 after a kill everything that anybody was told is there, once", async () => {
    const path = folder();
    const { disk, server, ada, bao } = await startPond(path);
    ada.tell({ firstEvent: 1, events: says("one", "two") });
    server.tick(3, ada, bao);
    // Bao has not read this one.
    ada.tell({ firstEvent: 3, events: says("three") });
    server.tick(1, ada);
    await disk.kill();

    const after = await StoreDisk.open(path);
    expect(after.troubles).toEqual([]);
    const next = new ServerHarness({ disk: after });
    const [adaAgain, baoAgain] = [ada, bao].map((player) => resume(next, player));
    expect([adaAgain, baoAgain].map(({ welcome }) => welcome.resumed)).toEqual([true, true]);
    expect(adaAgain.welcome.lastEvent).toBe(3);
    next.tick(2, adaAgain, baoAgain);
    expect(bao.heard()).toEqual(["Ada: one", "Ada: two"]);
    expect(baoAgain.heard()).toEqual(["Ada: three"]);
    expect(adaAgain.heard()).toEqual([]);
    await after.kill();
  });

  test("S24 a room whose last checkpoint cannot be made is in the last snapshot as it was, with all that came since", async () => {
    const path = folder();
    const { disk, server, ada, bao } = await startPond(path);
    ada.tell({ firstEvent: 1, events: says("one") });
    server.tick(3, ada);
    const rooms = [...server.rooms.all()];
    for (const room of rooms)
      room.writeCheckpoint = () => {
        throw new Error("boom");
      };
    server.rooms.writeCheckpoints();
    // The next journal is ready: what comes now would go there. It has been asked for before these are.
    for (let i = 0; i < 20; i++) await stat(path);
    await disk.store.close(rooms, { tick: server.rooms.tick, epochs: 9 });

    const after = await StoreDisk.open(path);
    expect(after.troubles).toEqual([]);
    const next = new ServerHarness({ disk: after });
    const [adaAgain, baoAgain] = [ada, bao].map((player) => resume(next, player));
    expect([adaAgain, baoAgain].map(({ welcome }) => welcome.resumed)).toEqual([true, true]);
    expect(adaAgain.welcome.lastEvent).toBe(1);
    next.tick(2, adaAgain, baoAgain);
    expect(baoAgain.heard()).toEqual(["Ada: one"]);
    await after.kill();
  });

  test("S19 a snapshot that cannot be encoded, and a batch that cannot be copied, cost no tick", async () => {
    const path = folder();
    const { disk, server, ada, bao } = await startPond(path);
    const bad = {
      record: {
        copyNewest() {
          throw new Error("boom");
        },
        get checkpoint(): Uint8Array {
          throw new Error("boom");
        },
      },
    };
    const rooms = [...server.rooms.all(), bad] as Room[];
    expect(disk.store.append(rooms)).toBe(false);
    disk.store.save(rooms, { tick: 1, epochs: 1 });
    expect(disk.counters).toMatchObject({ journalErrors: 1, snapshots: { failed: 1 } });
    // The next one that can be made is whole again.
    server.tick(20, ada, bao);
    await disk.settled();
    expect(disk.store.append([])).toBe(true);
    await disk.kill();
  });

  test("S19 keeps two snapshots and the journals since the older one, however long it runs", async () => {
    const { disk, server, ada, bao } = await startPond(folder());
    for (let second = 0; second < 5; second++) {
      server.tick(20, ada, bao);
      await disk.settled();
    }
    expect(disk.files("snapshot")).toHaveLength(2);
    expect(disk.files("journal").length).toBeLessThanOrEqual(4);
    expect(disk.counters.snapshots).toEqual({ ok: 9, failed: 0, skipped: 0 });
    expect(disk.counters.snapshotWallMs).toBe(1_000_000);
    await disk.kill();
  });

  test("S20 a damaged, cut or later snapshot is set aside with words, and the one before with its journals is as good", async () => {
    const damage: [name: string, spoil: (file: string) => void][] = [
      ["is cut short", (file) => truncateSync(file, 100)],
      ["is cut short", (file) => truncateSync(file, 3)],
      ["damaged", (file) => flip(file, 200)],
      ["later version", (file) => flip(file, HEAD_BYTES - 3)],
    ];
    for (const [words, spoil] of damage) {
      const path = folder();
      const { disk, server, ada, bao } = await startPond(path);
      ada.tell({ firstEvent: 1, events: says("one") });
      server.tick(20, ada, bao);
      await disk.settled();
      await disk.kill();
      spoil(join(path, disk.files("snapshot").sort().at(-1) ?? ""));
      const after = await StoreDisk.open(path);
      expect(after.troubles.join()).toContain(words);
      expect(after.files("snapshot").filter((name) => name.endsWith(".aside"))).toHaveLength(1);
      const next = new ServerHarness({ disk: after });
      const back = resume(next, ada);
      expect(back.welcome).toMatchObject({ resumed: true, lastEvent: 1 });
      await after.kill();
    }
  });

  test("S20 with no usable snapshot at all a server starts empty, and with nothing, too", async () => {
    const path = folder();
    const { disk } = await startPond(path);
    await disk.kill();
    for (const name of readdirSync(path)) if (name !== "lock") writeFileSync(join(path, name), "nonsense");
    const after = await StoreDisk.open(path);
    expect(after.left.rooms).toEqual([]);
    expect(after.troubles.length).toBeGreaterThan(2);
    await after.kill();
    const empty = await StoreDisk.open(join(folder(), "not", "yet"));
    expect(empty.left).toMatchObject({ rooms: [], tick: 0, epochs: 0 });
    await empty.kill();
  });

  test("S20 a state of other settings is set aside", async () => {
    const path = folder();
    const { disk } = await startPond(path);
    await disk.kill();
    const after = await StoreDisk.open(path, { ...SETTINGS, tickHz: 30 });
    expect(after.left.rooms).toEqual([]);
    expect(after.troubles.join()).toContain("TICK_HZ 20");
    expect(after.left.epochs).toBeGreaterThan(0);
    await after.kill();
  });

  test("S20 a journal cut at any byte costs what came after the cut and nothing else", async () => {
    const path = folder();
    const { disk, server, ada, bao } = await startPond(path);
    const texts = ["one", "two", "three"];
    for (const [i, text] of texts.entries()) {
      ada.tell({ firstEvent: i + 1, events: says(text) });
      server.tick(1, ada, bao);
    }
    await disk.kill();
    const name = disk.files("journal").sort((a, b) => size(path, b) - size(path, a))[0];
    const whole = readFileSync(join(path, name));
    let last = 0;
    for (let cut = HEAD_BYTES; cut <= whole.length; cut += cut < whole.length - 40 ? 13 : 1) {
      writeFileSync(join(path, name), whole.subarray(0, cut));
      const after = await StoreDisk.open(path);
      const [pond] = after.left.rooms;
      const lastEvent = pond.players.get(ada.id)?.lastEvent ?? -1;
      expect(lastEvent).toBeGreaterThanOrEqual(last);
      last = lastEvent;
      await after.kill();
      // What this start has begun itself.
      for (const file of after.files("journal"))
        if (file > name && !disk.files("journal").includes(file)) rmSync(join(path, file));
    }
    expect(last).toBe(texts.length);
  });

  test("S20 a room that closed and one that opened under its name leave nobody behind", async () => {
    const path = folder();
    const { disk, server, ada, bao } = await startPond(path);
    for (const player of [ada, bao]) player.connection.close(1000, "");
    const cyd = server.join("Cyd");
    const dee = server.join("Dee", { room: "other" });
    server.tick(1, cyd, dee);
    dee.connection.close(1000, "");
    server.tick(1, cyd);
    await disk.kill();
    const after = await StoreDisk.open(path);
    const next = new ServerHarness({ disk: after });
    expect(next.lobby.sessionCount).toBe(1);
    const back = resume(next, cyd);
    next.tick(1, back);
    expect(back.names()).toEqual(["Cyd"]);
    expect(resume(next, ada).welcome.resumed).toBe(false);
    await after.kill();
  });

  test("S19 a folder that goes away costs snapshots and acknowledgements, and nothing else; what comes back counts", async () => {
    const path = join(folder(), "state");
    const { disk, server, ada, bao } = await startPond(path);
    // At once: the next journal may be being opened, and a folder that is emptied file by file would be filled again.
    renameSync(path, `${path}-gone`);
    for (let second = 0; second < 3; second++) {
      server.tick(20, ada, bao);
      await disk.settled();
    }
    expect(disk.counters.snapshots.failed).toBe(3);
    expect(disk.troubles.join()).toContain("could not be written");
    ada.tell({ firstEvent: 1, events: says("one") });
    server.tick(2, ada, bao);
    expect(bao.heard()).toEqual(["Ada: one"]);
    await disk.kill().catch(() => {});
    expect(existsSync(path)).toBe(false);
  });

  test("S17 S22 a server that stood still while another took its folder writes nothing there and promises nothing", async () => {
    const path = folder();
    const { disk, server, ada } = await startPond(path);
    // The next journal is opened in the background.
    await vi.waitFor(() => expect(readFileSync(join(path, "journal-0000000004"))).not.toHaveLength(0));
    const before = Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "hex")]));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7000 });
    closers.push(() => vi.useRealTimers());
    const other = "1 other-boot 77 pid:[1]\n";
    writeFileSync(join(path, "lock"), other);
    const { eventAck } = ada;
    ada.tell({ firstEvent: 1, events: says("too late") });
    for (let second = 0; second < 3; second++) {
      server.tick(20, ada);
      await disk.settled();
    }
    expect(disk.troubles.filter((words) => words.startsWith("lost"))).toHaveLength(1);
    expect(ada.eventAck).toBe(eventAck);
    expect(await disk.store.close([], { tick: 0, epochs: 0 })).toBe(false);
    const after = Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "hex")]));
    expect(after).toEqual({ ...before, lock: Buffer.from(other).toString("hex") });
  });

  test("S22 one server a folder: the second says who has it, and a lock left behind is taken over", async () => {
    const path = folder();
    const first = await StoreDisk.open(path);
    await expect(StoreDisk.open(path)).rejects.toThrow(DataFolderError);
    await expect(StoreDisk.open(path)).rejects.toThrow(`process ${process.pid}`);
    await first.kill();
    const second = await StoreDisk.open(path);
    await second.kill();
    // A process of this number lives, but it is another one than the one that wrote this.
    writeFileSync(join(path, "lock"), `${process.pid} another-boot 1\n`);
    const third = await StoreDisk.open(path);
    await third.kill();
    writeFileSync(join(path, "file"), "");
    await expect(StoreDisk.open(join(path, "file"))).rejects.toThrow("cannot be used");
  });

  test("S20 ticks go on above any that a client can hold, whatever was done to the clock", () => {
    const left = { rooms: [], epochs: 1, tick: 100, savedMs: 50_000, snapshot: 1, nextNumber: 2 };
    expect(tickToGoOnFrom(left, 80_000, 20)).toBe(100 + 600);
    expect(tickToGoOnFrom(left, 40_000, 20)).toBe(100 + 200);
    expect(tickToGoOnFrom(left, 50_000 + 1e12, 20)).toBe(100 + 72_000);
    expect(tickToGoOnFrom({ ...left, tick: 0, savedMs: 0 }, 80_000, 20)).toBe(0);
  });
});

test("S20 a journal that is closed has opened what it was opening: no file appears once the folder is let go", async () => {
  const data = await openDataFolder(folder(), () => {});
  closers.push(() => data.release());
  const journal = await Journal.open({ folder: data, first: 1, begin: () => new Uint8Array(0) });
  let isOver = false;
  const prepared = journal.prepare().then(() => {
    isOver = true;
  });
  await journal.close();
  expect(isOver).toBe(true);
  await prepared;
  expect(await data.numbers("journal")).toEqual([1, 2]);
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[Math.min(at, bytes.length - 1)] ^= 0x10;
  writeFileSync(file, bytes);
}

function size(path: string, name: string): number {
  return readFileSync(join(path, name)).length;
}
