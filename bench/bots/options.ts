/** The command line of the bots: what may be asked for, and clear words for what may not. Pure. */
import { parseArgs } from "node:util";
import { type Conditions, TROUBLE_PROFILES, troubleProfile } from "../../client/sync/link.ts";
import { ROOM_NAME, ROOM_NAME_DEFAULT } from "../../proto/limits.ts";

export interface BotOptions {
  url: string;
  room: string;
  count: number;
  seed: number;
  /** Seconds to stay, 0 for ever. */
  seconds: number;
  /** Chat lines a minute of each bot. */
  chat: number;
  transport: "websocket" | "polling";
  /** What every bot's connection suffers; undefined is nothing. */
  trouble: Conditions | undefined;
}

const NUMBERS = {
  count: { fallback: 50, low: 1, high: 5000, help: "bots" },
  seed: { fallback: 1, low: 0, high: 2 ** 32 - 1, help: "the same seed gives the same names, ways and words" },
  seconds: { fallback: 0, low: 0, high: 86_400, help: "how long to stay; 0 is until Ctrl+C" },
  chat: { fallback: 2, low: 0, high: 40, help: "chat lines a minute of each bot" },
} as const;

export const USAGE = `npm run bots -- [--url http://127.0.0.1:3000] [--room ${ROOM_NAME_DEFAULT}] [--transport websocket|polling]
                  [--trouble ${Object.keys(TROUBLE_PROFILES).join("|")}]
${Object.entries(NUMBERS)
  .map(([name, { fallback, low, high, help }]) => `${`  --${name} ${fallback}`.padEnd(16)}${help} (${low} to ${high})`)
  .join("\n")}`;

/** The options, "help" when that was asked for, or what is wrong with them. */
export function readBotOptions(args: readonly string[]): BotOptions | string {
  const text = { type: "string" } as const;
  if (args.includes("--help")) return "help";
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: text,
        room: text,
        transport: text,
        trouble: text,
        count: text,
        seed: text,
        seconds: text,
        chat: text,
      },
    });
    const { url = "http://127.0.0.1:3000", room = ROOM_NAME_DEFAULT, transport = "websocket" } = values;
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) return `--url must be an http or https address, not ${url}`;
    if (!ROOM_NAME.test(room)) return `--room must be 1 to 32 of a-z, 0-9 and -, not ${room}`;
    if (transport !== "websocket" && transport !== "polling") {
      return `--transport must be websocket or polling, not ${transport}`;
    }
    const numbers = { count: 0, seed: 0, seconds: 0, chat: 0 };
    for (const name of ["count", "seed", "seconds", "chat"] as const) {
      const { fallback, low, high } = NUMBERS[name];
      const value = values[name] === undefined ? fallback : Number(values[name]);
      if (!Number.isInteger(value) || value < low || value > high) {
        return `--${name} must be a whole number from ${low} to ${high}, not ${values[name]}`;
      }
      numbers[name] = value;
    }
    const trouble = values.trouble === undefined ? undefined : troubleProfile(values.trouble);
    return { url, room, transport, trouble, ...numbers };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
