/** Where a server's paths are. */
import { expect, test } from "vitest";
import { pathAt } from "../../client/sync/transport.ts";

test.each([
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000/poll"],
  ["http://127.0.0.1:3000/", "http://127.0.0.1:3000/poll"],
  ["https://example.org/pond/", "https://example.org/pond/poll"],
])("a path of the server at %s is at %s", (url, address) => {
  expect(pathAt(url, "/poll")).toBe(address);
});
