/** The helpers that other tests stand on. */
import { afterEach, expect, test, vi } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { findBrowser } from "./browser.ts";
import { provideForeignDecoder } from "./protoc.ts";

afterEach(() => vi.unstubAllEnvs());

test("CHROME_PATH goes before every other browser, and must exist", () => {
  vi.stubEnv("CHROME_PATH", process.execPath);
  expect(findBrowser()).toBe(process.execPath);
  vi.stubEnv("CHROME_PATH", "/no/such/browser");
  expect(() => findBrowser()).toThrow('CHROME_PATH is "/no/such/browser", but there is no such file');
});

test.each(["protoc", "buf"])(
  "another protobuf implementation (%s) reads what ours writes, and refuses the rest",
  (name) => {
    // Without a PATH there is neither protoc nor a way to install it.
    if (name === "buf") vi.stubEnv("PATH", "");
    const decoder = provideForeignDecoder();
    expect(["buf", name]).toContain(decoder.name);
    const bytes = shoal.Welcome.encode({ room: "pond", tick: 77 }).finish();
    expect(decoder.decode("Welcome", bytes)).toMatch(/room"?: ?"pond"[\s\S]*tick"?: ?77/);
    expect(() => decoder.decode("Welcome", Uint8Array.of(0x0a, 0x7f))).toThrow();
  },
);
