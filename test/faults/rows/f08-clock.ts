/** F8: the wall clock jumps. libfaketime tells the server another time of day; the monotonic clock stays true. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shoal } from "../../../proto/gen/shoal.js";
import { installDebianPackage } from "../../setup/debian.ts";
import { frame, OPCODE_BINARY } from "../../transport/raw-client.ts";
import { attackerAddress, openAttacker } from "../attackers.ts";
import { atMost, exactly, overCalm } from "../figure.ts";
import { pause, type Row } from "../row.ts";
import { AUTH_SECRET, signedToken } from "../signed-token.ts";

const LIBRARIES = ["x86_64", "aarch64"].map((arch) => `/usr/lib/${arch}-linux-gnu/faketime/libfaketime.so.1`);
const HOUR_S = 3600;
const YEAR_S = 365 * 24 * HOUR_S;
/** What is added to the time of day, one after another; the last one smears a leap second over a day. */
const JUMPS = [`+${HOUR_S}`, `-${HOUR_S}`, `+${YEAR_S}`, `-${YEAR_S}`, "+0 x1.0000116"];
const SECONDS = 20;
const TICK_HZ = 20;
const TOKENS = 20;
/** First byte of a server's message; a Close frame has another. */
const BINARY_FRAME = 0x82;

export const clock: Row = {
  id: "F8",
  title: "wall clock jumps by an hour and a year, leap smear",
  whyNot() {
    if (process.platform !== "linux") return "libfaketime is tried on Linux only";
    if (findLibrary() !== undefined || installDebianPackage("faketime")) return undefined;
    return "no libfaketime, and it cannot be installed (needs Debian and root)";
  },
  control: { without: "monotonicClock", misses: ["ticks off"] },
  async run(context) {
    const file = join(context.folder(), "clock");
    const setClock = (offset: string) => writeFileSync(file, `${offset}\n`);
    setClock("+0");
    const env = {
      LD_PRELOAD: findLibrary() ?? "",
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
    const server = await context.server({ env });
    const load = await context.load(server);
    const calm = await context.calm(server);
    await load.mark();
    const jumps = context.isShort ? JUMPS.slice(0, 2) : JUMPS;
    const startMs = performance.now();
    const ticks = await context.ticksDuring(server, async () => {
      for (const jump of jumps) {
        context.say(`wall clock ${jump}`);
        setClock(jump);
        await pause((context.seconds(SECONDS) * 1000) / jumps.length);
      }
    });
    const seconds = (performance.now() - startMs) / 1000;
    const expected = ticks.probe.wallMs / (1000 / TICK_HZ);
    const { losses } = await load.report();
    const lost = Object.values(losses).reduce((sum, count) => sum + count, 0);
    await load.stop();
    await server.stop();
    const strict = await context.server({ env: { ...env, AUTH_SECRET } });
    let refused = 0;
    for (const offset of ["+30", "-30"]) {
      setClock(offset);
      for (let i = 0; i < TOKENS; i++) if (!(await isLetIn(strict.ports.game, i))) refused++;
    }
    return [
      atMost(1, `ticks off ${Math.round(expected)} in ${seconds.toFixed(0)} s`, Math.abs(ticks.count - expected), ""),
      overCalm(2, "tick p99", ticks.p99Ms, calm.p99Ms),
      exactly(0, "connections lost", lost),
      exactly(0, `tokens wrongly refused of ${2 * TOKENS}, the clock 30 s off either way`, refused),
      exactly(0, "bugs logged", server.bugs),
    ];
  },
};

/** With a token that is good from this second to the next. */
async function isLetIn(port: number, index: number): Promise<boolean> {
  const client = await openAttacker(port, attackerAddress(index));
  const before = client.received.length;
  const hello = { join: { look: { name: "", colour: 1 } }, authToken: signedToken(`player ${index}`, 1) };
  client.write(frame(OPCODE_BINARY, shoal.Hello.encode(hello).finish()));
  await client.until((words) => words.length > before);
  const isWelcome = client.received[before] === BINARY_FRAME;
  client.destroy();
  return isWelcome;
}

function findLibrary(): string | undefined {
  return LIBRARIES.find((path) => existsSync(path));
}
