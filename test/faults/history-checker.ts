/**
 * Judges what clients and server wrote down while everything broke (in the manner of Jepsen): was anything lost, doubled, reordered or
 * believed wrongly? Pure: logs in, complaints out. A session is named by whoever wrote the logs; its name stays the same when it is
 * resumed.
 */

/** What a client sent and got, in its order. */
export type ClientEntry =
  /** A Welcome came. `lastEvent`: the number of the last of its events that the server had; it may lose them yet. */
  | {
      readonly kind: "joined";
      readonly session: string;
      readonly epoch: number;
      readonly resumed: boolean;
      readonly lastEvent: number;
    }
  /** A frame was applied. `hash` of all that it holds; undefined if it does not hold the whole world. */
  | { readonly kind: "frame"; readonly epoch: number; readonly tick: number; readonly hash: number | undefined }
  /** The server says that it has kept the client's events up to this one. */
  | { readonly kind: "kept"; readonly lastEvent: number }
  /** A line for the whole room was shown. Texts are unique. */
  | { readonly kind: "heard"; readonly text: string }
  /** A line went out, perhaps not for the first time. `number`: the client's own of this event in its session. */
  | { readonly kind: "said"; readonly number: number; readonly text: string }
  /**
   * Somebody else came with this client's token, and was told what that one lacked; it may be told again. Of what this session hears from
   * then on nothing is promised.
   */
  | { readonly kind: "robbed" }
  /** An input went out; later ones have higher values. */
  | { readonly kind: "steered"; readonly value: number };

export interface ClientLog {
  readonly name: string;
  readonly entries: readonly ClientEntry[];
}

export type ServerEntry =
  | { readonly kind: "tick"; readonly epoch: number; readonly tick: number; readonly hash: number }
  /** A connection serves the session from now on, or no longer does. */
  | { readonly kind: "served" | "left"; readonly session: string; readonly line: number }
  /** A line took effect, or its player was told why it does not: too many at once. */
  | { readonly kind: "told" | "refused"; readonly session: string; readonly text: string }
  /** An input took effect. */
  | { readonly kind: "took"; readonly session: string; readonly value: number };

export interface History {
  /** Empty if nobody looked over the server's shoulder: then less can be told. */
  readonly server: readonly ServerEntry[];
  readonly clients: readonly ClientLog[];
}

/** Everything that must not have been, in words; empty if all is well. */
export function checkHistory(history: History): string[] {
  const order = orderOfLines(history);
  return [
    ...checkOneLine(history),
    ...checkTicks(history),
    ...checkHashes(history),
    ...checkInputs(history),
    ...checkTold(history),
    ...history.clients.flatMap((log) => [...checkHeard(log, order), ...checkClientTicks(log)]),
  ];
}

/** Place of each line in the one order that all must agree on: the server's or, without it, that of who heard most. */
function orderOfLines({ server, clients }: History): ReadonlyMap<string, number> {
  const told = server.flatMap((entry) => (entry.kind === "told" ? [entry.text] : []));
  const heard = clients.map(({ entries }) => entries.flatMap((entry) => (entry.kind === "heard" ? [entry.text] : [])));
  const lines = told.length > 0 ? told : heard.reduce((most, log) => (log.length > most.length ? log : most), []);
  return new Map(lines.map((text, place) => [text, place]));
}

/** One connection at most serves a session at any time. */
function checkOneLine({ server }: History): string[] {
  const complaints: string[] = [];
  const serving = new Map<string, number>();
  for (const entry of server) {
    if (entry.kind === "served") {
      const other = serving.get(entry.session);
      if (other !== undefined) complaints.push(`lines ${other} and ${entry.line} serve ${entry.session} together`);
      serving.set(entry.session, entry.line);
    } else if (entry.kind === "left" && serving.get(entry.session) === entry.line) serving.delete(entry.session);
  }
  return complaints;
}

/** The server's ticks of an epoch follow one another. */
function checkTicks({ server }: History): string[] {
  const complaints: string[] = [];
  const newest = new Map<number, number>();
  for (const entry of server) {
    if (entry.kind !== "tick") continue;
    const before = newest.get(entry.epoch);
    if (before !== undefined && entry.tick !== before + 1) {
      complaints.push(`epoch ${entry.epoch}: tick ${entry.tick} after tick ${before}`);
    }
    newest.set(entry.epoch, entry.tick);
  }
  return complaints;
}

/** A client that holds the whole world holds what the server has, in each tick that both wrote down. */
function checkHashes({ server, clients }: History): string[] {
  if (server.length === 0) return [];
  const hashes = new Map<string, number>();
  for (const entry of server) if (entry.kind === "tick") hashes.set(`${entry.epoch}/${entry.tick}`, entry.hash);
  return clients.flatMap(({ name, entries }) =>
    entries.flatMap((entry) => {
      if (entry.kind !== "frame" || entry.hash === undefined) return [];
      const at = `${entry.epoch}/${entry.tick}`;
      const hash = hashes.get(at);
      if (hash === undefined) return [`${name} has a frame of epoch/tick ${at}, which never was`];
      return hash === entry.hash ? [] : [`${name} holds another world than the server in epoch/tick ${at}`];
    }),
  );
}

/** Inputs take effect in the order in which they were sent, none more often than it was sent, and none that nobody sent. */
function checkInputs({ server, clients }: History): string[] {
  if (server.length === 0) return [];
  const complaints: string[] = [];
  const sent = new Map<string, number>();
  for (const { entries } of clients) {
    let session = "";
    for (const entry of entries) {
      if (entry.kind === "joined") session = entry.session;
      else if (entry.kind === "steered") count(sent, `${session}: ${entry.value}`, 1);
    }
  }
  const newest = new Map<string, number>();
  for (const entry of server) {
    if (entry.kind !== "took") continue;
    const { session, value } = entry;
    if (value < (newest.get(session) ?? 0)) complaints.push(`${session} steers ${value} after ${newest.get(session)}`);
    newest.set(session, value);
    if (count(sent, `${session}: ${value}`, -1) < 0)
      complaints.push(`${session} steers ${value} more often than it was sent`);
  }
  return complaints;
}

function count(counts: Map<string, number>, key: string, change: number): number {
  const now = (counts.get(key) ?? 0) + change;
  counts.set(key, now);
  return now;
}

/** Lines take effect once and in the order of their numbers; those that the client was told of as kept have taken effect. */
function checkTold({ server, clients }: History): string[] {
  if (server.length === 0) return [];
  const complaints: string[] = [];
  const told = new Map<string, string[]>();
  const all = new Set<string>();
  const refused = new Set<string>();
  for (const entry of server) {
    if (entry.kind === "refused") refused.add(entry.text);
    if (entry.kind !== "told") continue;
    if (all.has(entry.text)) complaints.push(`"${entry.text}" took effect twice`);
    all.add(entry.text);
    told.set(entry.session, [...(told.get(entry.session) ?? []), entry.text]);
  }
  for (const { said, kept, session } of clients.flatMap(sessionsOf)) {
    const numbers = new Map([...said].map(([number, text]) => [text, number]));
    let newest = 0;
    for (const text of told.get(session) ?? []) {
      const number = numbers.get(text);
      if (number === undefined) complaints.push(`"${text}" took effect in ${session}, which never said it`);
      else if (number < newest) complaints.push(`"${text}" of ${session} took effect out of order`);
      newest = Math.max(newest, number ?? 0);
    }
    for (const [number, text] of said) {
      if (all.has(text) && refused.has(text)) complaints.push(`"${text}" of ${session} was refused and had its effect`);
      if (number <= kept && !all.has(text) && !refused.has(text))
        complaints.push(`"${text}" of ${session} was kept and had no effect`);
    }
  }
  return complaints;
}

interface ClientSession {
  readonly session: string;
  readonly said: Map<number, string>;
  kept: number;
  readonly heard: string[];
  isRobbed: boolean;
}

/** A client's log by sessions: a resumed one goes on. */
function sessionsOf({ entries }: ClientLog): ClientSession[] {
  const sessions: ClientSession[] = [];
  for (const entry of entries) {
    if (entry.kind === "joined" && !entry.resumed) {
      sessions.push({ session: entry.session, said: new Map(), kept: 0, heard: [], isRobbed: false });
    }
    const present = sessions[sessions.length - 1];
    if (present === undefined) continue;
    if (entry.kind === "kept") present.kept = Math.max(present.kept, entry.lastEvent);
    else if (entry.kind === "said") present.said.set(entry.number, entry.text);
    else if (entry.kind === "robbed") present.isRobbed = true;
    else if (entry.kind === "heard" && !present.isRobbed) present.heard.push(entry.text);
  }
  return sessions;
}

/** Each session hears all lines from its first to its last, each once and in the one order. */
function checkHeard(log: ClientLog, order: ReadonlyMap<string, number>): string[] {
  const complaints: string[] = [];
  for (const { session, heard } of sessionsOf(log)) {
    let last: number | undefined;
    for (const text of heard) {
      const place = order.get(text);
      if (place === undefined) complaints.push(`${log.name} heard "${text}" in ${session}, which nobody was told`);
      else if (last !== undefined && place <= last)
        complaints.push(`${log.name} heard "${text}" twice or too late in ${session}`);
      else if (last !== undefined && place > last + 1)
        complaints.push(`${log.name} missed ${place - last - 1} lines before "${text}" in ${session}`);
      last = Math.max(place ?? -1, last ?? -1);
    }
  }
  return complaints;
}

/** For a client the ticks of an epoch rise, and epochs never fall. A session that is not resumed is in none of its past. */
function checkClientTicks({ name, entries }: ClientLog): string[] {
  const complaints: string[] = [];
  let epoch = 0;
  let tick = 0;
  let session: string | undefined;
  for (const entry of entries) {
    if (entry.kind !== "joined" && entry.kind !== "frame") continue;
    if (entry.epoch < epoch) complaints.push(`${name} is in epoch ${entry.epoch} after ${epoch}`);
    if (entry.epoch > epoch) tick = 0;
    epoch = Math.max(epoch, entry.epoch);
    if (entry.kind === "frame") {
      if (entry.tick <= tick) complaints.push(`${name} has tick ${entry.tick} after ${tick} in epoch ${epoch}`);
      tick = Math.max(tick, entry.tick);
      continue;
    }
    if (entry.resumed && entry.session !== session)
      complaints.push(`${name} resumed ${entry.session}, and had ${session}`);
    if (!entry.resumed && entry.session === session) complaints.push(`${name} began ${entry.session} anew`);
    session = entry.session;
  }
  return complaints;
}
