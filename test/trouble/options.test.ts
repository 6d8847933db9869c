/** Command lines that name a trouble: the proxy's and the bots'. */
import { describe, expect, test } from "vitest";
import { USAGE as BOTS_USAGE, readBotOptions } from "../../bench/bots/options.ts";
import { describe as inWords, readTroubleOptions, USAGE } from "../../bench/trouble/options.ts";
import { TROUBLE_PROFILES } from "../../client/sync/link.ts";

describe("the proxy's options", () => {
  test("nothing is a far 4G in front of the server's usual port", () => {
    expect(readTroubleOptions([])).toEqual({
      conditions: TROUBLE_PROFILES["far-4g"],
      profile: "far-4g",
      targetPort: 3000,
      listenPort: 3001,
      seed: 1,
    });
  });

  test("all of them at once", () => {
    const args = "--profile 3g --to localhost:4000 --listen 0 --seed 4294967295".split(" ");
    expect(readTroubleOptions(args)).toMatchObject({
      profile: "3g",
      targetPort: 4000,
      listenPort: 0,
      seed: 4294967295,
    });
    expect(readTroubleOptions(["--to", "4001"])).toMatchObject({ targetPort: 4001 });
  });

  test.each([
    [["--profile", "5g"], 'there is no trouble "5g"; there are lan, wifi, 4g, far-4g, 3g, train'],
    [["--to", "example.org:80"], "--to must be a port on this machine such as 127.0.0.1:3000, not example.org:80"],
    [["--to", "0"], "--to must be a port on this machine such as 127.0.0.1:3000, not 0"],
    [["--to", "65536"], "--to must be a port on this machine such as 127.0.0.1:3000, not 65536"],
    [["--listen", "65536"], "--listen must be a port from 0 to 65535, not 65536"],
    [["--seed", "4294967296"], "--seed must be a whole number from 0 to 4294967295, not 4294967296"],
    [["--seed", "1e3"], "--seed must be a whole number from 0 to 4294967295, not 1e3"],
  ])("%j is refused in words", (args, words) => {
    expect(readTroubleOptions(args)).toBe(words);
  });

  test("help is help, and names every profile", () => {
    expect(readTroubleOptions(["--seed", "x", "--help"])).toBe("help");
    for (const name of Object.keys(TROUBLE_PROFILES)) expect(USAGE).toContain(`\n  ${name} `);
  });

  test("conditions are told in words", () => {
    expect(inWords(TROUBLE_PROFILES.lan)).toBe("round trip 1 ms");
    expect(inWords(TROUBLE_PROFILES["3g"])).toBe("round trip 250 ms +-100, 64 kB/s");
    expect(inWords(TROUBLE_PROFILES.train)).toBe("round trip 60 ms +-20, holes of 5 s each 30 s");
    expect(inWords(TROUBLE_PROFILES.wifi)).toBe("round trip 12 ms +-6, stalls 60 ms each 15 s");
  });
});

describe("the bots' trouble", () => {
  test("is none unless told, and goes by the profile's name", () => {
    expect(readBotOptions([])).toMatchObject({ trouble: undefined });
    expect(readBotOptions(["--trouble", "train"])).toMatchObject({ trouble: TROUBLE_PROFILES.train });
    expect(readBotOptions(["--trouble", "5g"])).toMatch(/^there is no trouble "5g"/);
    expect(BOTS_USAGE).toContain("--trouble lan|wifi|4g|far-4g|3g|train");
  });
});
