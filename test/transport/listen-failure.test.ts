/** SPEC H29: whoever starts the server on an address that cannot be had is told why, and what to change. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explainListenFailure, hostAndPort, openableAt } from "../../server/transport/listen-failure.ts";
import { startListener } from "./test-listener.ts";

test("H29 a busy port, a foreign address and an unknown name have different words", async () => {
  const { port } = await startListener();
  expect(await explainListenFailure({ host: "127.0.0.1", port })).toBe(
    `cannot listen on 127.0.0.1:${port}: another process has port ${port}; choose another, such as PORT=${port + 1}`,
  );
  // From a range kept for documentation (RFC 5737): no machine's own.
  expect(await explainListenFailure({ host: "203.0.113.7", port: 0 })).toMatch(/203\.0\.113\.7 is no address of/);
  // No name server is asked for a name with an empty part.
  expect(await explainListenFailure({ host: "no..host", port: 0 })).toMatch(/the host name no\.\.host is unknown/);
});

test("H29 an address that is free again is said to be", async () => {
  expect(await explainListenFailure({ host: "127.0.0.1", port: 0 })).toMatch(/try again/);
});

test("H29 a process that cannot listen ends with the reason", async () => {
  const { port } = await startListener();
  const main = join(import.meta.dirname, "../../server/main.ts");
  const env = { ...process.env, HOST: "127.0.0.1", PORT: String(port) };
  const { status, stderr } = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(
      new RegExp(`^Shoal does not start: cannot listen on 127.0.0.1:${port}: another process .* PORT=\\d+\\n$`),
    ),
  });
});

test("addresses are written as in a URL", () => {
  expect(hostAndPort({ host: "::1", port: 3000 })).toBe("[::1]:3000");
  expect(hostAndPort({ host: "localhost", port: 3000 })).toBe("localhost:3000");
});

test.each([
  ["0.0.0.0", "127.0.0.1:3000"],
  ["::", "[::1]:3000"],
  ["0:0::0", "[::1]:3000"],
  ["192.0.2.7", "192.0.2.7:3000"],
  ["::1", "[::1]:3000"],
  ["localhost", "localhost:3000"],
])("listening on %s, the page is at %s", (host, at) => {
  expect(openableAt({ host, port: 3000 })).toBe(at);
});
