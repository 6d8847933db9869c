/**
 * The defences that negative controls take away: each is a few words of the server's own source, written otherwise while it is loaded
 * (`without.ts`). The product has no switch for any of this. A rewrite that no longer fits its file stops the control, and a
 * test says so long before.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

export interface Rewrite {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

export interface Defence {
  /** Completes "without ...". */
  readonly words: string;
  readonly rewrites: readonly Rewrite[];
}

const ADMISSION = "server/session/admission.ts";
const FRAME_SENDER = "server/room/frame-sender.ts";
const LIMITS = "proto/limits.ts";
const ROOMS = "server/room/rooms.ts";
const STATE_STORE = "server/state/state-store.ts";
const STAYS = "server/session/stays.ts";
const WEB_SOCKET = "server/transport/web-socket.ts";
const RATE = "server/transport/message-rate.ts";

export const DEFENCES = {
  pace: {
    words: "pacing by acknowledged ticks and the close of who is behind",
    rewrites: [
      { file: FRAME_SENDER, from: "const LAG_CLOSE_S = 6;", to: "const LAG_CLOSE_S = 1e9;" },
      { file: "server/session/pace.ts", from: "const SILENT_S = 1.5;", to: "const SILENT_S = 1e9;" },
    ],
  },
  presence: {
    words: "the deadlines for silent clients",
    rewrites: [
      { file: LIMITS, from: "CLIENT_GONE_MS = 6000;", to: "CLIENT_GONE_MS = 1e9;" },
      { file: LIMITS, from: "CLIENT_AWAY_MS = 1600;", to: "CLIENT_AWAY_MS = 1e9;" },
    ],
  },
  messageRate: {
    words: "the count inside the engine's callbacks",
    rewrites: [
      { file: RATE, from: "MESSAGE_BURST_MIN = 200;", to: "MESSAGE_BURST_MIN = 1e9;" },
      { file: WEB_SOCKET, from: "const CONTROL_BURST = 20;", to: "const CONTROL_BURST = 1e9;" },
    ],
  },
  decoderNet: {
    words: "the catch around the decoder",
    rewrites: [
      {
        file: "proto/codec.ts",
        from: "  } catch {\n    return undefined;",
        to: "  } catch (error) {\n    throw error;",
      },
    ],
  },
  messageSize: {
    words: "the size limit of the engine",
    rewrites: [
      {
        file: WEB_SOCKET,
        from: "ENGINE_MESSAGE_BYTES_MAX = MESSAGE_BYTES_MAX + 1024;",
        to: "ENGINE_MESSAGE_BYTES_MAX = 2 ** 30;",
      },
    ],
  },
  monotonicClock: {
    words: "the monotonic clock: wall time for ticks and deadlines",
    rewrites: [{ file: "server/loop.ts", from: "now: () => performance.now(),", to: "now: () => Date.now()," }],
  },
  tokenRotation: {
    words: "the death of used resume tokens",
    rewrites: [
      {
        file: "server/session/resume-tokens.ts",
        from: "for (const hash of owner.tokenHashes.splice(0, owner.tokenHashes.length - 1)) this.#owners.delete(keyOf(hash));",
        to: "owner.tokenHashes.splice(0, owner.tokenHashes.length - 1);",
      },
    ],
  },
  origins: {
    words: "the list of origins",
    rewrites: [
      {
        file: "server/transport/handshake.ts",
        from: 'if (!isOriginAllowed(headers.get("origin"), host, origins)) {',
        to: 'if (!isOriginAllowed(headers.get("origin"), host, origins) && host === "") {',
      },
    ],
  },
  helloTimeout: {
    words: "the deadline for a hello",
    rewrites: [{ file: LIMITS, from: "HELLO_TIMEOUT_MS = 3000;", to: "HELLO_TIMEOUT_MS = 1e9;" }],
  },
  unreadyShare: {
    words: "the share of sockets that those without a hello may have",
    rewrites: [{ file: "server/app.ts", from: "const UNREADY_SHARE = 4;", to: "const UNREADY_SHARE = 1;" }],
  },
  admission: {
    words: "the bound on newcomers let in in one tick",
    rewrites: [
      { file: ADMISSION, from: "const COST_PER_TICK = 64;", to: "const COST_PER_TICK = 1e9;" },
      { file: ADMISSION, from: "const MS_PER_TICK = 10;", to: "const MS_PER_TICK = 1e9;" },
    ],
  },
  noCompression: {
    words: "the refusal of extensions (compression switched on)",
    rewrites: [
      { file: WEB_SOCKET, from: "compression: engine.DISABLED,", to: "compression: 1," },
      {
        file: WEB_SOCKET,
        from: 'key, verdict.subprotocol, "", context);',
        to: 'key, verdict.subprotocol, headers.get("sec-websocket-extensions") ?? "", context);',
      },
    ],
  },
  descriptors: {
    words: "the mark at which the port closes",
    rewrites: [
      {
        file: "server/transport/sockets-max.ts",
        from: "return Math.min(SOCKETS_MAX, descriptorLimit - DESCRIPTORS_KEPT);",
        to: "return SOCKETS_MAX + DESCRIPTORS_KEPT;",
      },
    ],
  },
  ownBuffers: {
    words: "the copy at the moment of sending (the buffer is sent a turn later, when others have written into it)",
    rewrites: [
      {
        file: WEB_SOCKET,
        from: "const result = this.#socket.send(bytes, true);",
        to: "const late = this.#socket;\n    queueMicrotask(() => late.send(bytes, true));\n    const result = ENGINE_SENT as number;",
      },
    ],
  },
  wireCaps: {
    words: "the count of fields before objects are made",
    rewrites: ["HELLO", "CLIENT_FRAME"].map((shape) => ({
      file: "proto/codec.ts",
      from: `const excess = findExcess(bytes, 0, bytes.length, ${shape});`,
      to: "const excess = undefined as string | undefined;",
    })),
  },
  oneSession: {
    words: "the look for an account's other session",
    rewrites: [
      {
        file: STAYS,
        from: "const stay = this.#accounts.get(identity.account);",
        to: "const stay = undefined as Stay | undefined;",
      },
    ],
  },
  stallForgiveness: {
    words: "server time, which stands while the server does, and the bound on ticks made up",
    rewrites: [
      { file: "server/server-time.ts", from: "TURN_COUNTS_MS_MAX = 500;", to: "TURN_COUNTS_MS_MAX = 1e9;" },
      { file: "server/loop.ts", from: "CATCH_UP_TICKS_MAX = 3;", to: "CATCH_UP_TICKS_MAX = 1e9;" },
    ],
  },
  roomBudget: {
    words: "relief of rooms that take too long",
    rewrites: [
      { file: "server/room/relief.ts", from: "const LONG_TICKS = 1.5;", to: "const LONG_TICKS = 1e9;" },
      { file: "server/room/relief.ts", from: "const DEBT_TICKS = 1;", to: "const DEBT_TICKS = 1e9;" },
    ],
  },
  leaving: {
    words: "the count of those who left",
    rewrites: [{ file: STAYS, from: "this.#tokens.revoke(session);\n    this.#count--;", to: "" }],
  },
  lastSnapshot: {
    words: "the snapshot at the end",
    rewrites: [
      {
        file: "server/app.ts",
        from: "(await store?.close(kept, { tick: rooms.tick, epochs: epochs.opened })) ?? false;",
        to: "true;",
      },
    ],
  },
  retryHint: {
    words: "the word when to come back",
    rewrites: [
      {
        file: "server/drain.ts",
        from: "the server restarts; retry in ",
        // No client reads a hint there.
        to: "the server restarts: ",
      },
    ],
  },
  hurry: {
    words: "the second signal's hurry",
    rewrites: [{ file: "server/main.ts", from: "app.hurry();", to: "" }],
  },
  ownInputs: {
    words: "a queue of inputs for each connection (the older one's goes on)",
    rewrites: [
      {
        file: "server/session/session.ts",
        from: "this.joinedMs = before.joinedMs;",
        to: "this.joinedMs = before.joinedMs;\n    (this as { inputs: InputQueue }).inputs = before.inputs;",
      },
    ],
  },
  restoring: {
    words: "taking up the state of the process before",
    rewrites: [{ file: "server/app.ts", from: "await takeUp(store, rooms, lobby, log);", to: "" }],
  },
  /** No defence: the next version of the schema, so far as anybody outside can see. */
  sameSchema: {
    words: "the schema of before",
    rewrites: [
      {
        file: "proto/gen/fingerprint.ts",
        from: 'FINGERPRINT = "',
        to: 'FINGERPRINT = "000000000000";\nexport const FINGERPRINT_BEFORE = "',
      },
    ],
  },
  cleanText: {
    words: "the list of what no text may hold",
    rewrites: [{ file: "server/game/text.ts", from: '.replace(FORBIDDEN, "$1")', to: '.replace(/(?!)/g, "$1")' }],
  },
  roomIsolation: {
    words: "the nets around each room's tick and around the loop's turn",
    rewrites: [
      {
        file: "server/loop.ts",
        from: "try {\n      runTicks();\n      turns++;\n    } finally {\n      // What threw is the caller's to tell; the game goes on (SPEC T9).\n      if (!isStopped) goOn();\n    }",
        to: "runTicks();\n    turns++;\n    if (!isStopped) goOn();",
      },
      {
        file: ROOMS,
        from: "stepped.push(room);\n        this.#relief.note(room, now() - sinceMs);\n      } catch (error) {\n        this.#fail(room, error);",
        to: "stepped.push(room);\n        this.#relief.note(room, now() - sinceMs);\n      } catch (error) {\n        throw error;",
      },
      {
        file: ROOMS,
        from: "sendFrames(areEventsKept);\n        this.#relief.note(room, now() - sinceMs);\n      } catch (error) {\n        this.#fail(room, error);",
        to: "sendFrames(areEventsKept);\n        this.#relief.note(room, now() - sinceMs);\n      } catch (error) {\n        throw error;",
      },
    ],
  },
  diskFailures: {
    words: "the catches around writing snapshots",
    rewrites: [
      {
        file: STATE_STORE,
        from: "(error) => {\n        this.#noteFailure(error);\n        return false;\n      },",
        to: "(error) => {\n        throw error;\n      },",
      },
      {
        file: STATE_STORE,
        from: "// The tick goes on; the snapshot before and its journals stay.\n      this.#noteFailure(error);",
        to: "throw error;",
      },
    ],
  },
  patientLogs: {
    words: "the log that drops what is not read in time (standard output is waited for)",
    rewrites: [
      {
        file: "server/log.ts",
        from: "if (!output.writable || output.writableLength >= BACKLOG_BYTES_MAX) {",
        to: "if (!output.writable) {",
      },
      {
        file: "server/log.ts",
        from: "output.write(whole, noteWritten);",
        to: 'process.getBuiltinModule("node:fs").writeSync(1, whole);',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Defence>>;

export type DefenceName = keyof typeof DEFENCES;

export function isDefence(name: string): name is DefenceName {
  return Object.hasOwn(DEFENCES, name);
}

/** The rewritten sources by absolute path. Throws Error if a rewrite does not fit its file. */
export function rewrittenSources(name: DefenceName): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const { rewrites }: Defence = DEFENCES[name];
  for (const { file, from, to } of rewrites) {
    const path = join(ROOT, file);
    const parts = (sources.get(path) ?? readFileSync(path, "utf8")).split(from);
    if (parts.length !== 2) throw new Error(`${name}: ${file} has ${parts.length - 1} times, not once: ${from}`);
    sources.set(path, parts.join(to));
  }
  return sources;
}
