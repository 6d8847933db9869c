/** Logs: JSON lines, a limit for each kind, and an output that may vanish or stand still. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { createLog, type Output, openStandardOutput } from "../server/log.ts";
import { LINES_PER_SECOND_MAX, LogLimiter } from "../server/log-limiter.ts";

interface Line {
  readonly level: number;
  readonly time: number;
  readonly msg: string;
  readonly kind?: string;
  readonly leftOut?: number;
  readonly id?: number;
}

async function memoryLog() {
  const lines: Line[] = [];
  const log = await createLog("info", { write: (text: string) => void lines.push(JSON.parse(text)) });
  return { log, lines };
}

async function limitedLog() {
  const clock = { nowMs: 5000 };
  const { log, lines } = await memoryLog();
  return { clock, lines, limiter: new LogLimiter(log, () => clock.nowMs) };
}

test("A8 T18 bugs that a client can trigger are ten lines a second of each kind, with their level, then a count", async () => {
  const { clock, lines, limiter } = await limitedLog();
  for (let i = 0; i < 1000; i++) limiter.error({ err: new Error("boom"), connection: i }, "bug: a handler threw");
  limiter.error({}, "bug: another");
  expect(lines.map(({ level }) => level)).toEqual(Array(LINES_PER_SECOND_MAX + 1).fill(50));
  clock.nowMs += 1000;
  limiter.flush();
  expect(lines.at(-1)).toMatchObject({ kind: "bug: a handler threw", leftOut: 1000 - LINES_PER_SECOND_MAX });
});

describe("log", () => {
  test("writes one JSON object a line, from its level upwards", async () => {
    const { log, lines } = await memoryLog();
    log.debug("too fine");
    log.info({ id: 7 }, "hello");
    expect(lines).toEqual([{ level: 30, time: expect.any(Number), id: 7, msg: "hello" }]);
  });

  test("T3 shows no token or secret that a line brings along", async () => {
    const { log, lines } = await memoryLog();
    log.info({ token: "a-token", hello: { authToken: "b-token", resumeToken: "c-token", room: "pond" } }, "hello");
    expect(lines).toMatchObject([{ token: "(secret)", hello: { authToken: "(secret)", room: "pond" } }]);
    expect(JSON.stringify(lines)).not.toMatch(/[abc]-token/);
  });

  test("lives on when the reader of standard output is gone", async () => {
    const child = spawnFlood();
    child.stdout.destroy();
    expect(await endOf(child)).toEqual([7, "dropped lines: true"]);
  });

  test("drops lines when nobody reads standard output, and waits for it neither in a tick nor at the end", async () => {
    const child = spawnFlood();
    child.stdout.pause();
    expect(await endOf(child)).toEqual([7, "dropped lines: true"]);
  });

  test("A8 counts the lines that a full disk does not take, but for the one cut in two, and begins on a new line when it has room again", () => {
    const { output, disk } = fakeFile();
    const sink = openStandardOutput(output);
    sink.write("one\n");
    disk.room = 2;
    for (const line of ["two\n", "three\n", "four\n"]) sink.write(line);
    disk.room = 100;
    for (const line of ["five\n", "six\n"]) sink.write(line);
    expect({ text: disk.text, dropped: sink.droppedLines }).toEqual({ text: "one\ntw\nfive\nsix\n", dropped: 2 });
  });

  test("A8 a line cut in two passes for written, and the next one goes on behind it if there is room again", () => {
    const { output, disk } = fakeFile();
    const sink = openStandardOutput(output);
    disk.room = 2;
    sink.write("one\n");
    disk.room = 100;
    sink.write("two\n");
    expect({ text: disk.text, dropped: sink.droppedLines }).toEqual({ text: "ontwo\n", dropped: 0 });
  });

  test("has written everything at the end when somebody reads", async () => {
    const child = spawnFlood(3);
    expect((await text(child.stdout)).trimEnd().split("\n")).toHaveLength(3);
  });
});

/** Standard output as it is when it goes to a file: it writes as much as there is room for, and no fault ends it. */
function fakeFile() {
  const disk = { text: "", room: 100 };
  const output: Output = {
    writable: true,
    writableLength: 0,
    write(line, done) {
      disk.text += line.slice(0, disk.room);
      done(disk.room === 0 ? new Error("ENOSPC") : null);
      disk.room = Math.max(0, disk.room - line.length);
    },
    on() {},
  };
  return { output, disk };
}

/** Logs lines of 1 kB, by default far more of them than pipe and backlog hold, and exits with code 7. */
function spawnFlood(lines = 20_000) {
  const logModule = JSON.stringify(join(import.meta.dirname, "../server/log.ts"));
  const script = `
    import { createLog, openStandardOutput } from ${logModule};
    const sink = openStandardOutput();
    const log = await createLog("info", sink);
    let left = ${lines};
    const timer = setInterval(() => {
      for (let i = 0; i < 1000 && left > 0; i++, left--) log.info({ text: "x".repeat(1000) }, "flood");
      if (left > 0) return;
      clearInterval(timer);
      process.stderr.write("dropped lines: " + (sink.droppedLines > 0));
      process.exit(7);
    }, 1);`;
  return spawn(process.execPath, ["--input-type=module-typescript", "-e", script]);
}

/** Waits for "exit" and not for "close": the unread pipe never closes. */
async function endOf(child: ChildProcessWithoutNullStreams): Promise<[code: number, said: string]> {
  const [[code], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
  return [code, said];
}

describe("log limit", () => {
  test("writes ten lines of a kind in a second, then counts", async () => {
    const { clock, lines, limiter } = await limitedLog();
    for (let i = 0; i < 100_000; i++) limiter.warn("bad frame", { id: i }, "refused");
    expect(lines.map((line) => line.id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    clock.nowMs += 999;
    limiter.flush();
    expect(lines).toHaveLength(LINES_PER_SECOND_MAX);
    clock.nowMs += 1;
    limiter.flush();
    expect(lines).toHaveLength(LINES_PER_SECOND_MAX + 1);
    expect(lines.at(-1)).toMatchObject({ level: 40, kind: "bad frame", leftOut: 99_990 });
  });

  test("starts anew in the next second, after the count", async () => {
    const { clock, lines, limiter } = await limitedLog();
    for (let i = 0; i < 12; i++) limiter.warn("bad frame", {}, "refused");
    clock.nowMs += 1000;
    limiter.warn("bad frame", {}, "refused again");
    expect(lines.slice(LINES_PER_SECOND_MAX).map((line) => [line.msg, line.leftOut])).toEqual([
      ["more of the same, not logged", 2],
      ["refused again", undefined],
    ]);
  });

  test("counts each kind apart, and says nothing when nothing was left out", async () => {
    const { clock, lines, limiter } = await limitedLog();
    for (let i = 0; i < 10; i++) limiter.warn("one", {}, "x");
    limiter.warn("two", {}, "y");
    clock.nowMs += 5000;
    limiter.flush();
    expect(lines.map((line) => line.kind)).toEqual([...Array(10).fill("one"), "two"]);
  });
});
