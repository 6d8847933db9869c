/** The process above the server: what it does when the one below falls silent, crashes or ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ALIVE, HEARTBEAT_MS, READY } from "../../server/heartbeat.ts";
import { systemClock } from "../../server/loop.ts";
import { type ServerChild, Supervisor } from "../../server/supervisor.ts";
import { ManualClock } from "../setup/manual-clock.ts";

/** A server process that does what the test says. */
class FakeServer extends EventEmitter implements ServerChild {
  readonly signals: string[] = [];

  kill(signal: NodeJS.Signals): void {
    this.signals.push(signal);
    if (signal === "SIGKILL") this.emit("exit", null, signal);
  }
  say(message: string): void {
    this.emit("message", message);
  }
  end(code: number | null, signal: string | null = null): void {
    this.emit("exit", code, signal);
  }
}

function start() {
  const clock = new ManualClock();
  const servers: FakeServer[] = [];
  const words: string[] = [];
  const ends: number[] = [];
  const supervisor = new Supervisor({
    startServer() {
      const server = new FakeServer();
      servers.push(server);
      return server;
    },
    clock,
    say: (line) => words.push(line),
    onEnd: (code) => ends.push(code),
  });
  /** Time passes while the newest server is heard. */
  const live = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      servers.at(-1)?.say(ALIVE);
      clock.advance(HEARTBEAT_MS);
    }
  };
  return { clock, servers, words, ends, supervisor, live };
}

describe("a supervisor", () => {
  test("O2 does and says nothing while the server is heard", () => {
    const { servers, words, ends, live } = start();
    servers[0].say(READY);
    live(600);
    expect({ servers: servers.length, signals: servers[0].signals, words, ends }).toEqual({
      servers: 1,
      signals: [],
      words: [],
      ends: [],
    });
  });

  test("O2 kills a server that is silent for 10 s, and starts it anew within 12 s of its last word", () => {
    const { clock, servers, words, live } = start();
    servers[0].say(READY);
    live(30);
    clock.advance(9 * HEARTBEAT_MS);
    expect(servers[0].signals).toEqual([]);
    clock.advance(HEARTBEAT_MS);
    expect(servers[0].signals).toEqual(["SIGKILL"]);
    clock.advance(HEARTBEAT_MS / 2);
    expect(servers).toHaveLength(2);
    expect(words[0]).toContain("stood still for 10 s");
  });

  test("O2 a server that stands still after its first word and before it is ready is no exception", () => {
    const { clock, servers } = start();
    servers[0].say(ALIVE);
    clock.advance(12 * HEARTBEAT_MS);
    expect(servers[0].signals).toEqual(["SIGKILL"]);
    expect(servers).toHaveLength(2);
  });

  test("O2 a server that takes 59 s to its first word, each time that it is started, is left alone; one that takes 61 s is killed", () => {
    const { clock, servers, words } = start();
    clock.advance(59 * HEARTBEAT_MS);
    servers[0].say(READY);
    servers[0].end(null, "SIGSEGV");
    clock.advance(HEARTBEAT_MS / 2);
    expect(servers).toHaveLength(2);
    clock.advance(59 * HEARTBEAT_MS);
    expect(servers[1].signals).toEqual([]);
    clock.advance(2 * HEARTBEAT_MS);
    expect(servers[1].signals).toEqual(["SIGKILL"]);
    expect(words.at(-2)).toContain("stood still for 60 s");
  });

  test("O2 a stop of the supervisor itself is no silence of the server", () => {
    const { clock, servers, live } = start();
    live(5);
    clock.spend(3_600_000);
    live(5);
    expect(servers[0].signals).toEqual([]);
  });

  test("O3 starts a crashed server at once, then after 0.5, 1 and 2 s, and gives up with the fifth crash in 60 s", () => {
    const { clock, servers, words, ends } = start();
    const waits: number[] = [];
    for (let crash = 1; crash <= 4; crash++) {
      servers.at(-1)?.say(READY);
      servers.at(-1)?.end(null, "SIGSEGV");
      const from = clock.now();
      while (servers.length === crash) clock.advance(100);
      waits.push(clock.now() - from);
    }
    expect(waits).toEqual([100, 500, 1000, 2000]);
    expect(ends).toEqual([]);
    servers.at(-1)?.end(3);
    clock.advance(100_000);
    expect({ starts: servers.length, ends }).toEqual({ starts: 5, ends: [1] });
    expect(words.at(-1)).toContain("the 5th time within 60 s: Shoal gives up");
  });

  test("O3 a server that never says a word, though one did before, is given up with the fifth, too", () => {
    const { clock, servers, words, ends } = start();
    servers[0].say(READY);
    servers[0].end(null, "SIGSEGV");
    for (let i = 0; i < 600 && ends.length === 0; i++) {
      clock.advance(HEARTBEAT_MS);
      const server = servers.at(-1);
      if (server?.signals.length === 1) server.end(null, "SIGKILL");
    }
    expect({ starts: servers.length, ends }).toEqual({ starts: 5, ends: [1] });
    expect(words.at(-1)).toContain("gives up");
  });

  test("O3 crashes that are a minute ago are forgotten", () => {
    const { servers, ends, live } = start();
    for (let crash = 1; crash <= 20; crash++) {
      servers.at(-1)?.say(READY);
      live(16);
      servers.at(-1)?.end(1);
      live(3);
      expect(servers).toHaveLength(crash + 1);
    }
    expect(ends).toEqual([]);
  });

  test("O3 a server that does not get ready at the first start is not tried again", () => {
    const { clock, servers, words, ends } = start();
    servers[0].end(1);
    clock.advance(100_000);
    expect({ starts: servers.length, words, ends }).toEqual({ starts: 1, words: [], ends: [1] });
  });

  test("O3 one that does not get ready after a crash is", () => {
    const { clock, servers, ends } = start();
    servers[0].say(READY);
    servers[0].end(null, "SIGKILL");
    clock.advance(0);
    servers[1].end(1);
    clock.advance(500);
    expect({ starts: servers.length, ends }).toEqual({ starts: 3, ends: [] });
  });

  test("O4 passes every signal on and ends with the server's code", () => {
    const { clock, servers, ends, supervisor } = start();
    servers[0].say(READY);
    supervisor.stop("SIGTERM");
    supervisor.stop("SIGINT");
    expect(servers[0].signals).toEqual(["SIGTERM", "SIGINT"]);
    expect(ends).toEqual([]);
    servers[0].end(7);
    clock.advance(100_000);
    expect({ starts: servers.length, ends }).toEqual({ starts: 1, ends: [7] });
  });

  test("O4 a server that ends by itself with 0 was asked to, and is not started anew", () => {
    const { servers, ends } = start();
    servers[0].say(READY);
    servers[0].end(0);
    expect({ starts: servers.length, ends }).toEqual({ starts: 1, ends: [0] });
  });

  test("O4 asked to end between two starts, it ends", () => {
    const { clock, servers, ends, supervisor } = start();
    servers[0].say(READY);
    servers[0].end(1);
    supervisor.stop("SIGTERM");
    clock.advance(100_000);
    expect({ starts: servers.length, ends }).toEqual({ starts: 1, ends: [0] });
  });

  test("O2 O4 a server that hears no signal and stands still is killed in the end, and that is the end", () => {
    const { clock, servers, ends, supervisor } = start();
    servers[0].say(READY);
    supervisor.stop("SIGTERM");
    clock.advance(11 * HEARTBEAT_MS);
    expect({ starts: servers.length, ends }).toEqual({ starts: 1, ends: [137] });
  });
});

// Signals that stop a process are not Windows'.
describe.skipIf(process.platform === "win32")("real processes", () => {
  test("O2 a process that is stopped is killed and started anew", async () => {
    const script = `data:text/javascript,${encodeURIComponent(`
      process.send("${READY}");
      setInterval(() => process.send("${ALIVE}"), 10);
      process.once("disconnect", () => process.exit());`)}`;
    const children: ChildProcess[] = [];
    const started = new EventEmitter();
    const supervisor = new Supervisor({
      startServer() {
        const child = spawn(process.execPath, ["--import", script, "--eval", ""], {
          stdio: ["ignore", "ignore", "ignore", "ipc"],
        });
        children.push(child);
        started.emit("start");
        return child;
      },
      clock: systemClock,
      beatMs: 40,
      say: () => {},
      onEnd: () => started.emit("end"),
    });
    await once(children[0], "message");
    children[0].kill("SIGSTOP");
    await once(started, "start");
    expect(children[0].signalCode).toBe("SIGKILL");
    await once(children[1], "message");
    const ended = once(started, "end");
    supervisor.stop("SIGTERM");
    await ended;
  });

  test("O3 O4 the real server: killed it comes back, SIGTERM ends both with 0, and it does not outlive its supervisor", async () => {
    const { supervisor, until } = startSupervisor();
    const pids = () => pidsIn(until.text());
    await until((text) => text.split("Shoal is ready").length === 2);
    process.kill(pids()[0], "SIGKILL");
    await until((text) => text.split("Shoal is ready").length === 3);
    expect(until.text()).toContain("the server has ended with SIGKILL and is started anew");
    supervisor.kill("SIGTERM");
    expect(await once(supervisor, "close")).toEqual([0, null]);
    expect(isAlive(pids()[1])).toBe(false);
    expect(until.text()).toContain('"reason":"SIGTERM","msg":"closing"');

    const second = startSupervisor();
    await second.until((text) => text.includes("Shoal is ready"));
    const closed = once(second.supervisor, "close");
    second.supervisor.kill("SIGKILL");
    // Its standard output closes with the last process that holds it: the server.
    await closed;
    expect(second.until.text()).toContain('"reason":"the supervisor is gone","msg":"closing"');
    expect(second.until.text()).toMatch(/"msg":"closed; no state is kept"}\n$/);
  });

  test("O3 outlives whoever read what it says, as `npm start 2>&1 | head` does", async () => {
    const { supervisor, until } = startSupervisor();
    supervisor.stderr?.destroy();
    // The first word after that is lost, the second finds a broken pipe.
    for (const starts of [1, 2]) {
      await until((text) => text.split("Shoal is ready").length === starts + 1);
      process.kill(pidsIn(until.text())[starts - 1], "SIGKILL");
    }
    await until((text) => text.split("Shoal is ready").length === 4);
    supervisor.kill("SIGTERM");
    expect(await once(supervisor, "close")).toEqual([0, null]);
  });

  test("O3 a configuration that is refused ends it at once, with the server's own words alone", async () => {
    const { supervisor, until } = startSupervisor({ TICK_HZ: "1000" });
    expect(await once(supervisor, "close")).toEqual([1, null]);
    expect(until.text()).toMatch(/^Shoal does not start:\n {2}TICK_HZ is "1000" but must be [^\n]*\n$/);
  });
});

/** Of the servers that began to listen, in order. */
function pidsIn(text: string): number[] {
  return [...text.matchAll(/"pid":(\d+)/g)].map((match) => Number(match[1]));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** As `npm start` runs it; killed when the test ends. `until` waits for what both processes print. */
function startSupervisor(env: Record<string, string> = {}) {
  const path = join(import.meta.dirname, "../../server/supervisor.ts");
  const supervisor = spawn(process.execPath, [path], {
    env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", ADMIN_PORT: "0", LOG_LEVEL: "info", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    supervisor.kill("SIGKILL");
  });
  let printed = "";
  let wake = () => {};
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      printed += text;
      wake();
    });
  }
  supervisor.once("close", () => wake());
  const until = Object.assign(
    async (holds: (text: string) => boolean) => {
      while (!holds(printed)) {
        if (supervisor.exitCode !== null) throw new Error(`ended after: ${printed}`);
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    },
    { text: () => printed },
  );
  return { supervisor, until };
}
