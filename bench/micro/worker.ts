/** The process that runs the micro benches: nothing else disturbs its heap. Answers over IPC, then ends. */
import { runMicroBenches } from "./benches.ts";

const seconds = Number(process.argv[2] ?? 1);
const micro = await runMicroBenches(seconds, (text) => process.send?.({ progress: text }));
process.send?.({ result: micro });
process.disconnect?.();
