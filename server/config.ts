/**
 * The server's settings: one table says what each environment variable is called, what it may be and what it is when
 * unset. README's configuration table is made from it (test/config.test.ts). Knows nothing of the parts that use it.
 */
import { CELL_SIZE_MAX } from "../proto/cells.ts";
import { ROOM_NAME, TICK_HZ_MAX, TICK_HZ_MIN } from "../proto/limits.ts";

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
  readonly parse: (text: string) => T | typeof REFUSED;
}

/** Values that come from outside when a variable is unset, so that reading the configuration stays a pure function. */
export interface Defaults {
  /** Whole number from 0 to 4294967295. */
  readonly seed: number;
}

export const SEED_MAX = 0xffffffff;

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `any`: every valid room name is opened on demand. */
export type AllowedRooms = "any" | ReadonlySet<string>;

/** The table, in the order in which README lists it. */
export const VARIABLES = {
  port: integer("PORT", 3000, 0, 65535, "TCP port of page, socket and metrics; 0 takes a free one"),
  host: word("HOST", "127.0.0.1", isHost, "an IP address or host name", "address to listen on; 0.0.0.0 is all of IPv4"),
  tickHz: integer("TICK_HZ", 20, TICK_HZ_MIN, TICK_HZ_MAX, "ticks a second"),
  rooms: {
    name: "ROOMS",
    fallback: "*",
    fallbackText: "`*`",
    allowed: "* or room names (1 to 32 of a-z, 0-9 and -) separated by commas",
    meaning: "rooms that may be opened; * is any",
    parse: parseRooms,
  },
  roomCapacity: integer("ROOM_CAPACITY", 1000, 1, 8000, "sessions in one room"),
  roomsMax: integer("ROOMS_MAX", 100, 1, 10_000, "rooms open at a time"),
  worldSize: integer("WORLD_SIZE", 4096, 512, 65536, "edge of the square world, world units"),
  cellSize: integer(
    "CELL_SIZE",
    320,
    64,
    CELL_SIZE_MAX,
    "edge of a cell, world units: smaller sends less far, larger packs better",
  ),
  origins: {
    name: "ORIGINS",
    fallback: "",
    fallbackText: "same origin",
    allowed: "origins such as https://play.example.org separated by commas",
    meaning: "other pages that may connect; a page served by this server always may",
    parse: parseOrigins,
  },
  logLevel: word("LOG_LEVEL", "info", isLogLevel, LOG_LEVELS.join(", "), "least severe log lines that are written"),
  seed: {
    name: "SEED",
    fallback: (defaults) => String(defaults.seed),
    fallbackText: "from the clock, logged",
    allowed: `a whole number from 0 to ${SEED_MAX}`,
    meaning: "start of all randomness in the worlds",
    parse: (text) => parseInteger(text, 0, SEED_MAX),
  } satisfies Variable<number> as Variable<number>,
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
    if (value === REFUSED) errors.push(`${variable.name} is ${JSON.stringify(text)} but must be ${variable.allowed}`);
    values[key] = value;
  }
  // The loop has filled in every key of the table with what its own parser returned.
  return errors.length > 0 ? { errors } : { config: values as Config };
}

function integer(name: string, fallback: number, min: number, max: number, meaning: string): Variable<number> {
  return {
    name,
    fallback: String(fallback),
    fallbackText: String(fallback),
    allowed: `a whole number from ${min} to ${max}`,
    meaning,
    parse: (text) => parseInteger(text, min, max),
  };
}

function word<T extends string>(
  name: string,
  fallback: T,
  isAllowed: (text: string) => text is T,
  allowed: string,
  meaning: string,
): Variable<T> {
  const parse = (text: string) => (isAllowed(text) ? text : REFUSED);
  return { name, fallback, fallbackText: `\`${fallback}\``, allowed, meaning, parse };
}

/** Digits only: Number() would also take "1e3", "0x10", " 7 " and "". */
function parseInteger(text: string, min: number, max: number): number | typeof REFUSED {
  if (!/^\d{1,15}$/.test(text)) return REFUSED;
  const value = Number(text);
  return value >= min && value <= max ? value : REFUSED;
}

function isHost(text: string): text is string {
  return /^[A-Za-z0-9.:_-]{1,253}$/.test(text);
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

/** As browsers send it: scheme, lower-case host, port unless it is the scheme's own; no path, no closing slash. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function splitList(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}
