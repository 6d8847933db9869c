/**
 * The server's settings: one table says what each environment variable is called, what it may be and what it is when
 * unset. README's configuration table is made from it (test/config.test.ts). Knows nothing of the parts that use it.
 */
import { CELL_SIZE_MAX, CELL_SIZE_MIN } from "../proto/cells.ts";
import { ROOM_NAME, TICK_HZ_MAX, TICK_HZ_MIN } from "../proto/limits.ts";
import { isLoopback } from "./admin/access.ts";
import { type IpPrefix, parseIpPrefix } from "./transport/ip-address.ts";

/** What a parser returns for a text that it does not take. */
const REFUSED = Symbol("refused");

interface Variable<T> {
  readonly name: string;
  /** Text that stands in when the variable is unset or empty; a function where it differs from start to start. */
  readonly fallback: string | ((defaults: Defaults) => string);
  /** The fallback in words for the documentation. */
  readonly fallbackText: string;
  /** What may be given, in words: completes "must be ...". */
  readonly allowed: string;
  readonly meaning: string;
  /** What it holds is nobody's business: a refusal does not quote it. */
  readonly isSecret?: boolean;
  readonly parse: (text: string) => T | typeof REFUSED;
}

/** Values that come from outside when a variable is unset, so that reading the configuration stays a pure function. */
export interface Defaults {
  /** Whole number from 0 to 4294967295. */
  readonly seed: number;
}

export const SEED_MAX = 0xffffffff;

/** HS256 is as strong as its key: RFC 7518 section 3.2. */
const AUTH_SECRET_BYTES_MIN = 32;

/** Different ones: no password of one letter, or of a word said twice, for all that operators may do. */
const TOKEN_CHARACTERS_MIN = 8;

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type GameName = "pond" | "wander";
export type FilterName = "english" | "off";

/** `any`: every valid room name is opened on demand. */
export type AllowedRooms = "any" | ReadonlySet<string>;

/** The table, in the order in which README lists it. */
export const VARIABLES = {
  port: integer({
    name: "PORT",
    fallback: 3000,
    range: [0, 65535],
    meaning: "TCP port of page and socket; 0 takes a free one",
  }),
  host: word<string>({
    name: "HOST",
    fallback: "127.0.0.1",
    isAllowed: isHost,
    allowed: "an IP address or host name",
    meaning: "address to listen on; 0.0.0.0 is all of IPv4",
  }),
  adminPort: {
    name: "ADMIN_PORT",
    fallback: "",
    fallbackText: "PORT + 1000, above 65535 PORT - 1000",
    allowed: "a whole number from 0 to 65535",
    meaning:
      "TCP port for operators: metrics, sessions, kick, ban, reports; 0 takes a free one, and so does the default if it is in use",
    parse: (text: string): number | undefined | typeof REFUSED =>
      text === "" ? undefined : parseInteger(text, [0, 65535]),
  },
  adminHost: word<string>({
    name: "ADMIN_HOST",
    fallback: "127.0.0.1",
    isAllowed: isHost,
    allowed: "an IP address or host name",
    meaning: "address of the operators' port; other than this machine's own it needs `ADMIN_TOKEN`",
  }),
  adminToken: {
    name: "ADMIN_TOKEN",
    fallback: "",
    fallbackText: "none",
    allowed: "16 to 256 visible ASCII characters, at least 8 different ones",
    meaning: "secret that operators send as `Authorization: Bearer ...`",
    isSecret: true,
    parse: parseToken,
  },
  tickHz: integer({ name: "TICK_HZ", fallback: 20, range: [TICK_HZ_MIN, TICK_HZ_MAX], meaning: "ticks a second" }),
  rooms: {
    name: "ROOMS",
    fallback: "*",
    fallbackText: "`*`",
    allowed: "* or room names (1 to 32 of a-z, 0-9 and -) separated by commas",
    meaning: "rooms that may be opened; * is any",
    parse: parseRooms,
  },
  roomCapacity: integer({ name: "ROOM_CAPACITY", fallback: 1000, range: [1, 16_000], meaning: "sessions in one room" }),
  roomsMax: integer({
    name: "ROOMS_MAX",
    fallback: 100,
    range: [1, 10_000],
    meaning: "rooms open at a time, besides `pond`",
  }),
  resumeSeconds: integer({
    name: "RESUME_S",
    fallback: 30,
    range: [0, 600],
    meaning: "seconds that a tadpole stays, marked away, when its connection is lost; 0 lets it go at once",
  }),
  dataDir: {
    name: "DATA_DIR",
    fallback: "",
    fallbackText: "nothing on disk",
    allowed: "a folder's path",
    meaning:
      "folder of its own, new or empty at first, where the state of all rooms is kept, so that players find theirs again after a restart or a crash",
    parse: (text: string): string | undefined => text || undefined,
  },
  worldSize: integer({
    name: "WORLD_SIZE",
    fallback: 4096,
    range: [512, 32768],
    meaning: "edge of the square world, world units",
  }),
  cellSize: integer({
    name: "CELL_SIZE",
    fallback: 320,
    range: [CELL_SIZE_MIN, CELL_SIZE_MAX],
    meaning: "edge of a cell, world units: smaller sends less far, larger packs better",
  }),
  origins: {
    name: "ORIGINS",
    fallback: "",
    fallbackText: "same origin",
    allowed: "origins such as https://play.example.org separated by commas",
    meaning: "pages that may connect; a list replaces the default, the pages of this server's own address",
    parse: parseOrigins,
  },
  trustedProxies: {
    name: "TRUSTED_PROXIES",
    fallback: "",
    fallbackText: "none",
    allowed: "IP addresses or prefixes such as 10.0.0.0/8 separated by commas",
    meaning: "proxies in front, whose X-Forwarded-For tells the client's address",
    parse: parseProxies,
  },
  addressSockets: integer({
    name: "ADDRESS_SOCKETS",
    fallback: 50,
    range: [0, 100_000],
    meaning:
      "connections, and players with those who are away, of one address (IPv6: of one /64) at once; 0 is no limit",
  }),
  addressJoinsPerSecond: integer({
    name: "ADDRESS_JOINS_PER_S",
    fallback: 10,
    range: [0, 100_000],
    meaning: "connections that one address may open a second, twice as many at once; 0 is no limit",
  }),
  authSecret: {
    name: "AUTH_SECRET",
    fallback: "",
    fallbackText: "guests",
    allowed: "a secret of at least 32 bytes",
    meaning: "players need a JSON Web Token that is signed with it (HS256)",
    isSecret: true,
    parse: (text) => (text === "" || Buffer.byteLength(text) >= AUTH_SECRET_BYTES_MIN ? text : REFUSED),
  },
  authJwksUrl: {
    name: "AUTH_JWKS_URL",
    fallback: "",
    fallbackText: "guests",
    allowed: "an https: address; http: for this machine only",
    meaning: "players need a JSON Web Token that is signed with a key of this set (RS256, ES256, EdDSA)",
    // It may hold a password.
    isSecret: true,
    parse: (text) => (text === "" || isKeysUrl(text) ? text : REFUSED),
  },
  authIssuer: anyText({ name: "AUTH_ISSUER", meaning: "the `iss` that a token must have" }),
  authAudience: anyText({ name: "AUTH_AUDIENCE", meaning: "the `aud` that a token must have" }),
  logLevel: word<LogLevel>({
    name: "LOG_LEVEL",
    fallback: "info",
    isAllowed: isLogLevel,
    allowed: LOG_LEVELS.join(", "),
    meaning: "least severe log lines that are written",
  }),
  spawnRange: integer({
    name: "SPAWN_RANGE",
    fallback: 150,
    range: [0, 16384],
    meaning: "newcomers appear this close to the middle on each axis, world units",
  }),
  game: word({
    name: "GAME",
    fallback: "pond",
    isAllowed: isGame,
    allowed: "pond or wander",
    meaning: "wander: tadpoles swim by themselves, for load tests",
  }),
  filter: word<FilterName>({
    name: "FILTER",
    fallback: "english",
    isAllowed: (text) => text === "english" || text === "off",
    allowed: "english or off",
    meaning: "words that names and lines are masked of",
  }),
  wordsFile: {
    name: "WORDS_FILE",
    fallback: "",
    fallbackText: "none",
    allowed: "a path",
    meaning: "more words to mask, in any language: UTF-8, one a line, # begins a comment",
    parse: (text) => text,
  },
  seed: {
    ...integer({ name: "SEED", fallback: 0, range: [0, SEED_MAX], meaning: "start of all randomness in the worlds" }),
    fallback: (defaults: Defaults) => String(defaults.seed),
    fallbackText: "from the clock, logged",
  },
} satisfies Record<string, Variable<unknown>>;

type Table = typeof VARIABLES;
type ValueOf<V> = V extends { parse: (text: string) => infer T } ? Exclude<T, typeof REFUSED> : never;

export type Config = { readonly [Key in keyof Table]: ValueOf<Table[Key]> };

/** All that is wrong, one line for each variable: which, what it got, what is allowed. */
export type ConfigResult = { readonly config: Config } | { readonly errors: readonly string[] };

/**
 * Reads the settings from `env`; pure. An unset and an empty variable mean the default, all others must be taken by
 * the table or the whole configuration is refused. Variables that the table does not know are left alone.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, defaults: Defaults): ConfigResult {
  const values: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [key, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const { fallback } = variable;
    const text = env[variable.name] || (typeof fallback === "string" ? fallback : fallback(defaults));
    const value = variable.parse(text);
    const given = variable.isSecret ? "" : `is ${JSON.stringify(text)} but `;
    if (value === REFUSED) errors.push(`${variable.name} ${given}must be ${variable.allowed}`);
    values[key] = value;
  }
  errors.push(...conflicts(values));
  // The loop has filled in every key of the table with what its own parser returned.
  const config = values as Config;
  if (errors.length === 0 && config.authSecret !== "" && config.authJwksUrl !== "") {
    errors.push("AUTH_SECRET and AUTH_JWKS_URL are both set: choose one");
  }
  return errors.length > 0 ? { errors } : { config };
}

/** What is allowed by itself and not together. */
function conflicts({ port, adminPort, adminHost, adminToken }: Readonly<Record<string, unknown>>): string[] {
  const errors: string[] = [];
  if (typeof adminHost === "string" && !isLoopback(adminHost) && adminToken === undefined) {
    errors.push(`ADMIN_HOST is ${JSON.stringify(adminHost)}, which others can reach, so ADMIN_TOKEN must be set, too`);
  }
  if (typeof port === "number" && port !== 0 && port === adminPort) {
    errors.push(`PORT and ADMIN_PORT are both ${port}: players and operators need a port each`);
  }
  return errors;
}

/** The operators' port: the one that was chosen, or 1000 beside the game's. */
export function adminPortOf({ port, adminPort }: Pick<Config, "port" | "adminPort">): number {
  if (adminPort !== undefined || port === 0) return adminPort ?? 0;
  return port + 1000 <= 65535 ? port + 1000 : port - 1000;
}

interface IntegerOptions {
  readonly name: string;
  readonly fallback: number;
  /** Smallest and largest. */
  readonly range: readonly [min: number, max: number];
  readonly meaning: string;
}

function integer({ name, fallback, range, meaning }: IntegerOptions): Variable<number> {
  return {
    name,
    fallback: String(fallback),
    fallbackText: String(fallback),
    allowed: `a whole number from ${range[0]} to ${range[1]}`,
    meaning,
    parse: (text) => parseInteger(text, range),
  };
}

interface WordOptions<T extends string> {
  readonly name: string;
  readonly fallback: T;
  readonly isAllowed: (text: string) => text is T;
  readonly allowed: string;
  readonly meaning: string;
}

function word<T extends string>({ isAllowed, ...texts }: WordOptions<T>): Variable<T> {
  return { ...texts, fallbackText: `\`${texts.fallback}\``, parse: (text) => (isAllowed(text) ? text : REFUSED) };
}

function anyText({ name, meaning }: { readonly name: string; readonly meaning: string }): Variable<string> {
  return { name, fallback: "", fallbackText: "any", allowed: "a text", meaning, parse: (text) => text };
}

/** Digits only: Number() would also take "1e3", "0x10", " 7 " and "". */
function parseInteger(text: string, [min, max]: IntegerOptions["range"]): number | typeof REFUSED {
  if (!/^\d{1,15}$/.test(text)) return REFUSED;
  const value = Number(text);
  return value >= min && value <= max ? value : REFUSED;
}

function isHost(text: string): text is string {
  return /^[A-Za-z0-9.:_-]{1,253}$/.test(text);
}

function isGame(text: string): text is GameName {
  return text === "pond" || text === "wander";
}

function isLogLevel(text: string): text is LogLevel {
  return LOG_LEVELS.some((level) => level === text);
}

function parseRooms(text: string): AllowedRooms | typeof REFUSED {
  if (text === "*") return "any";
  const names = splitList(text);
  return names.every((name) => ROOM_NAME.test(name)) ? new Set(names) : REFUSED;
}

function parseOrigins(text: string): ReadonlySet<string> | typeof REFUSED {
  if (text === "") return new Set();
  const origins = splitList(text);
  return origins.every(isOrigin) ? new Set(origins) : REFUSED;
}

function parseProxies(text: string): readonly IpPrefix[] | typeof REFUSED {
  const prefixes: IpPrefix[] = [];
  if (text === "") return prefixes;
  for (const part of splitList(text)) {
    const prefix = parseIpPrefix(part);
    if (prefix === undefined) return REFUSED;
    prefixes.push(prefix);
  }
  return prefixes;
}

/** Over plain HTTP anybody on the way could put in keys of their own, and be whoever they like. */
function isKeysUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

/** As browsers send it: scheme, lower-case host, port unless it is the scheme's own; no path, no closing slash. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function parseToken(text: string): string | undefined | typeof REFUSED {
  if (text === "") return undefined;
  const isStrong = /^[\x21-\x7e]{16,256}$/.test(text) && new Set(text).size >= TOKEN_CHARACTERS_MIN;
  return isStrong ? text : REFUSED;
}

function splitList(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}
