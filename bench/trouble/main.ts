/** `npm run trouble`: a proxy in front of a running server that makes its connections suffer. */
import { describe, readTroubleOptions, USAGE } from "./options.ts";
import { startTroubleProxy } from "./proxy.ts";

const MISUSE = 2;

const options = readTroubleOptions(process.argv.slice(2));
if (options === "help") console.log(USAGE);
else if (typeof options === "string") fail(`${options}\n\n${USAGE}`, MISUSE);
else {
  try {
    const proxy = await startTroubleProxy(options);
    const { profile, conditions, targetPort } = options;
    console.log(
      `http://127.0.0.1:${proxy.port} leads to port ${targetPort} through ${profile}: ${describe(conditions)}`,
    );
    const stop = () => void proxy.close();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  } catch (error) {
    fail(`cannot listen on port ${options.listenPort}: ${error instanceof Error ? error.message : String(error)}`, 1);
  }
}

function fail(words: string, exitCode: number): void {
  console.error(words);
  process.exitCode = exitCode;
}
