/** F23: a crowd that comes and goes for half an hour: `soak.ts`, which `npm run soak` runs by itself. */
import { join } from "node:path";
import { exactly, told } from "../figure.ts";
import type { Row } from "../row.ts";
import { runScript } from "../script.ts";
import type { AtRest, SoakSample, SoakVerdict } from "../soak-verdict.ts";

const SOAK = join(import.meta.dirname, "../soak.ts");
const SECONDS = 1800;
const CONTROL_SECONDS = 20;

interface Soak {
  readonly verdicts: readonly SoakVerdict[];
  readonly samples: readonly SoakSample[];
  readonly after: AtRest;
}

export const soak: Row = {
  id: "F23",
  title: "time: churn for half an hour (30 min unless --seconds says otherwise)",
  minutesMax: 40,
  control: { without: "leaving", misses: ["when all have left"] },
  async run(context) {
    const seconds = context.isControl ? CONTROL_SECONDS : context.seconds(SECONDS);
    const args = ["--minutes", String(seconds / 60), "--bots", String(context.options.bots)];
    const { verdicts, samples } = await runScript<Soak>(context, SOAK, args);
    // Slopes of seconds say nothing: what the control lacks is that all is as before when everybody has left.
    const shown = verdicts.filter(({ figure }) => !context.isControl || figure.includes("when all have left"));
    const last = samples[samples.length - 1];
    return [
      ...shown.map(({ figure, wanted, seen, isMet }) =>
        exactly(1, `${figure}: ${seen}, wanted ${wanted}`, Number(isMet)),
      ),
      told("minutes", seconds / 60),
      told("RSS at the end", last?.rssMiB ?? Number.NaN, "MiB"),
    ];
  },
};
