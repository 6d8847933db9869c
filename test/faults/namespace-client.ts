/**
 * A player in a process of its own, for a namespace: joins the address given and says on its standard output, a line each, when it has
 * joined, lost its connection, and come back. Ends with its standard input.
 */
import { openWebSocket, SyncClient } from "../../client/sync/index.ts";

const [url, name] = process.argv.slice(2);
const client = new SyncClient({
  url,
  join: { look: { name, colour: 1 } },
  openTransport: openWebSocket,
  now: () => performance.now(),
  random: Math.random,
  onState: ({ kind }) => {
    if (kind === "joined") console.log(client.hasResumed ? "resumed" : "joined");
    else if (kind === "waiting") console.log("lost");
  },
});
client.start();
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
