/** The ways in which a process is asked to end, npm's among them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { STOP_SIGNALS } from "../server/stop-signal.ts";

const stopModule = JSON.stringify(join(import.meta.dirname, "../server/stop-signal.ts"));
const script = `
  import { onStopSignal } from ${stopModule};
  onStopSignal((reason) => { console.log(reason); setTimeout(() => process.exit(), 50); });
  setInterval(() => {}, 1000);
  console.error("ready");`;
const nodeArgs = ["--input-type=module-typescript", "--eval", script];

test.each(STOP_SIGNALS)("%s is told once", async (signal) => {
  const child = spawn(process.execPath, nodeArgs);
  await once(child.stderr, "data");
  child.kill(signal);
  child.kill(signal);
  expect(await text(child.stdout)).toBe(`${signal}\n`);
});

test("below npm, the end of the shell in between is told, too", async () => {
  const env = { ...process.env, npm_lifecycle_event: "start" };
  // The second command keeps the shell from becoming the process itself.
  const shell = spawn("sh", ["-c", '"$@"; true', "sh", process.execPath, ...nodeArgs], { env });
  await once(shell.stderr, "data");
  shell.kill("SIGTERM");
  expect(await text(shell.stdout)).toBe("npm has ended\n");
});
