/** Where a server's time goes, from a CPU profile. */
import { expect, test } from "vitest";
import { topFunctions } from "../../bench/profile.ts";

test("functions are listed by the time in themselves, as shares of the busy time", () => {
  const node = (id: number, functionName: string, url = "", lineNumber = -1) => ({
    id,
    callFrame: { functionName, url, lineNumber },
  });
  const profile = {
    // The same function called from two places is two nodes.
    nodes: [
      node(1, "(idle)"),
      node(2, "send", "file:///x/server/transport/socket.ts", 9),
      node(3, ""),
      node(4, "step"),
    ],
    samples: [2, 1, 3, 2, 4],
    timeDeltas: [500, 9000, 200, 200, 100],
  };
  profile.nodes.push(node(5, "send", "file:///x/server/transport/socket.ts", 9));
  profile.samples.push(5);
  profile.timeDeltas.push(1000);
  expect(topFunctions(profile, 2)).toEqual([" 85.0 %  send transport/socket.ts:10", " 10.0 %  (anonymous)"]);
});
