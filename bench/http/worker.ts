/** The process that loads HTTP: pinned to the load's cores. Options in its argument, results over IPC, then it ends. */
import "../probe/end-with-parent.ts";
import { type HttpBenchOptions, runHttpBenches } from "./benches.ts";

const { serverCpus, seconds, players } = JSON.parse(process.argv[2] ?? "{}") as Omit<HttpBenchOptions, "onProgress">;
const onProgress = (text: string) => process.send?.({ progress: text });
const result = await runHttpBenches({ serverCpus, seconds, players, onProgress });
process.send?.({ result });
process.disconnect?.();
