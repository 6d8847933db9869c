/** The command line of the trouble proxy: what may be asked for, and clear words for what may not. Pure. */
import { parseArgs } from "node:util";
import { type Conditions, TROUBLE_PROFILES, troubleProfile } from "../../client/sync/link.ts";

export interface TroubleOptions {
  conditions: Conditions;
  profile: string;
  targetPort: number;
  listenPort: number;
  seed: number;
}

const SEED_MAX = 2 ** 32 - 1;

export const USAGE = `npm run trouble -- [options]: a connection in trouble between a browser and the server

  --profile far-4g      one of ${Object.keys(TROUBLE_PROFILES).join(", ")}
  --to 127.0.0.1:3000   the server, on this machine
  --listen 3001         the port to open in the browser instead
  --seed 1              the same seed gives the same delays (0 to ${SEED_MAX})
  --help                this text

${Object.entries(TROUBLE_PROFILES)
  .map(([name, conditions]) => `  ${name.padEnd(8)}${describe(conditions)}`)
  .join("\n")}`;

/** The options, "help" when that was asked for, or what is wrong with them. */
export function readTroubleOptions(args: readonly string[]): TroubleOptions | string {
  const text = { type: "string" } as const;
  if (args.includes("--help")) return "help";
  try {
    const { values } = parseArgs({ args: [...args], options: { profile: text, to: text, listen: text, seed: text } });
    const { profile = "far-4g", to = "127.0.0.1:3000", listen = "3001", seed = "1" } = values;
    const target = /^(?:(?:127\.0\.0\.1|localhost):)?(\d{1,5})$/.exec(to)?.[1];
    const targetPort = target === undefined ? Number.NaN : Number(target);
    if (!(targetPort >= 1 && targetPort <= 65535)) {
      return `--to must be a port on this machine such as 127.0.0.1:3000, not ${to}`;
    }
    const listenPort = /^\d{1,5}$/.test(listen) ? Number(listen) : Number.NaN;
    if (!(listenPort <= 65535)) return `--listen must be a port from 0 to 65535, not ${listen}`;
    const seedNumber = /^\d{1,10}$/.test(seed) ? Number(seed) : Number.NaN;
    if (!(seedNumber <= SEED_MAX)) return `--seed must be a whole number from 0 to ${SEED_MAX}, not ${seed}`;
    return { conditions: troubleProfile(profile), profile, targetPort, listenPort, seed: seedNumber };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Conditions in words. */
export function describe({ rttMs, jitterMs, bytesPerSecond, stalls, holes, dropAfterMs }: Conditions): string {
  const parts = [`round trip ${rttMs} ms`];
  if (jitterMs > 0) parts[0] += ` +-${jitterMs}`;
  if (bytesPerSecond !== undefined) parts.push(`${bytesPerSecond / 1000} kB/s`);
  if (stalls !== undefined) parts.push(`stalls ${stalls.lastsMs} ms each ${stalls.everyMs / 1000} s`);
  if (holes !== undefined) parts.push(`holes of ${holes.lastsMs / 1000} s each ${holes.everyMs / 1000} s`);
  if (dropAfterMs !== undefined) parts.push(`cut after about ${dropAfterMs / 1000} s`);
  return parts.join(", ");
}
