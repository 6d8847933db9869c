/** The judge judged: a good history has no complaint, and each way of breaking it has one that names it. */
import { expect, test } from "vitest";
import { type ClientEntry, checkHistory, type History, type ServerEntry } from "./history-checker.ts";

const joined = (session: string, more: Partial<ClientEntry & { kind: "joined" }> = {}): ClientEntry => ({
  kind: "joined",
  session,
  epoch: 1,
  resumed: false,
  lastEvent: 0,
  ...more,
});
const frame = (tick: number, hash: number | undefined = tick * 10, epoch = 1): ClientEntry => ({
  kind: "frame",
  epoch,
  tick,
  hash,
});
const heard = (...texts: string[]): ClientEntry[] => texts.map((text) => ({ kind: "heard", text }));
const said = (number: number, text: string): ClientEntry => ({ kind: "said", number, text });
const steered = (value: number): ClientEntry => ({ kind: "steered", value });

/** Ada says a, b and c, is cut off after b, comes back and hears the rest; Bao hears all. */
const GOOD = {
  server: [
    { kind: "served", session: "ada", line: 1 },
    { kind: "served", session: "bao", line: 2 },
    { kind: "tick", epoch: 1, tick: 1, hash: 10 },
    { kind: "told", session: "ada", text: "a" },
    { kind: "took", session: "ada", value: 5 },
    { kind: "tick", epoch: 1, tick: 2, hash: 20 },
    { kind: "told", session: "ada", text: "b" },
    { kind: "left", session: "ada", line: 1 },
    { kind: "served", session: "ada", line: 3 },
    { kind: "told", session: "ada", text: "c" },
    { kind: "took", session: "ada", value: 7 },
    { kind: "tick", epoch: 1, tick: 3, hash: 30 },
  ] satisfies ServerEntry[] as ServerEntry[],
  ada: [
    joined("ada"),
    said(1, "a"),
    steered(5),
    frame(1),
    ...heard("a"),
    said(2, "b"),
    said(3, "c"),
    joined("ada", { resumed: true, lastEvent: 2 }),
    said(3, "c"),
    steered(6),
    steered(7),
    frame(3),
    ...heard("b", "c"),
    { kind: "kept", lastEvent: 3 },
  ] as ClientEntry[],
  bao: [
    joined("bao"),
    frame(1),
    ...heard("a"),
    frame(2),
    ...heard("b"),
    frame(3, undefined),
    ...heard("c"),
  ] as ClientEntry[],
};

type Logs = typeof GOOD;

function historyOf({ server, ada, bao }: Logs): History {
  return {
    server,
    clients: [
      { name: "Ada", entries: ada },
      { name: "Bao", entries: bao },
    ],
  };
}

/** The list with one entry in the place of that one. */
function swap<T>(list: readonly T[], place: number, ...by: T[]): T[] {
  return list.toSpliced(place, 1, ...by);
}

test("a good history has no complaint, with the server's log and without", () => {
  expect(checkHistory(historyOf(GOOD))).toEqual([]);
  expect(checkHistory({ ...historyOf(GOOD), server: [] })).toEqual([]);
});

const { server, ada, bao } = GOOD;
test.each<[string, Partial<Logs>, RegExp]>([
  [
    "two connections of one session",
    { server: server.filter(({ kind }) => kind !== "left") },
    /lines 1 and 3 serve ada together/,
  ],
  ["a tick of the server twice", { server: swap(server, 5, server[2]) }, /epoch 1: tick 1 after tick 1/],
  ["a tick of the server left out", { server: swap(server, 5), bao: swap(bao, 3) }, /epoch 1: tick 3 after tick 1/],
  ["another world", { bao: swap(bao, 1, frame(1, 11)) }, /Bao holds another world than the server in epoch\/tick 1\/1/],
  ["a frame of a tick that never was", { bao: swap(bao, 1, frame(0)) }, /Bao has a frame of epoch\/tick 1\/0/],
  ["a client whose time goes back", { bao: [...bao, frame(2)] }, /Bao has tick 2 after 3 in epoch 1/],
  ["a client that has one frame twice", { bao: [...bao, frame(3)] }, /Bao has tick 3 after 3/],
  ["an epoch that falls", { bao: [...bao, joined("bao", { resumed: true, epoch: 0 })] }, /Bao is in epoch 0 after 1/],
  [
    "an input that takes effect twice",
    { server: [...server, { kind: "took", session: "ada", value: 7 }] },
    /ada steers 7 more often/,
  ],
  ["inputs out of order", { server: [...server, { kind: "took", session: "ada", value: 6 }] }, /ada steers 6 after 7/],
  [
    "an input that nobody sent",
    { server: swap(server, 4, { kind: "took", session: "bao", value: 5 }) },
    /bao steers 5 more often/,
  ],
  [
    "a line that takes effect twice",
    { server: [...server, { kind: "told", session: "ada", text: "c" }] },
    /"c" took effect twice/,
  ],
  [
    "a line that nobody said",
    { server: [...server, { kind: "told", session: "bao", text: "d" }] },
    /"d" took effect in bao/,
  ],
  [
    "lines out of order",
    { server: swap(swap(server, 3, server[6]), 6, server[3]) },
    /"a" of ada took effect out of order/,
  ],
  [
    "a kept line without effect",
    { server: swap(server, 9), bao: swap(bao, 6), ada: swap(ada, 13) },
    /"c" of ada was kept and had no effect/,
  ],
  [
    "a line that is refused and has its effect",
    { server: [...server, { kind: "refused", session: "ada", text: "c" }] },
    /"c" of ada was refused and had its effect/,
  ],
  ["a line heard twice", { bao: [...bao, ...heard("c")] }, /Bao heard "c" twice or too late/],
  [
    "lines heard in another order",
    { bao: swap(swap(bao, 2, ...heard("b")), 4, ...heard("a")) },
    /Bao heard "a" twice or too late/,
  ],
  ["a line missed", { bao: swap(bao, 4) }, /Bao missed 1 lines before "c"/],
  ["a line missed over a resume", { ada: swap(ada, 12) }, /Ada missed 1 lines before "c"/],
  [
    "a line heard that nobody was told",
    { bao: [...bao, ...heard("d")] },
    /Bao heard "d" in bao, which nobody was told/,
  ],
  [
    "somebody else's session resumed",
    { bao: [...bao, joined("ada", { resumed: true })] },
    /Bao resumed ada, and had bao/,
  ],
  [
    "a session that is resumed and says that it is new",
    { ada: swap(ada, 7, joined("ada", { lastEvent: 2 })) },
    /Ada began ada anew/,
  ],
])("%s is found", (_name, change, complaint) => {
  expect(checkHistory(historyOf({ ...GOOD, ...change })).join("\n")).toMatch(complaint);
});
