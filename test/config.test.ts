/** The server's settings: what is taken, what is refused and in which words, and that README says the same. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CELL_SIZE_MAX, CELL_SIZE_MIN } from "../proto/cells.ts";
import { type Config, type Defaults, readConfig, SEED_MAX, VARIABLES } from "../server/config.ts";

const DEFAULTS: Defaults = { seed: 42 };

function read(env: Record<string, string>): Config {
  const result = readConfig(env, DEFAULTS);
  if ("errors" in result) throw new Error(result.errors.join("\n"));
  return result.config;
}

function errorsOf(env: Record<string, string>): readonly string[] {
  const result = readConfig(env, DEFAULTS);
  return "errors" in result ? result.errors : [];
}

describe("configuration", () => {
  test("is complete without any variable set", () => {
    expect(read({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      adminPort: undefined,
      adminHost: "127.0.0.1",
      adminToken: undefined,
      tickHz: 20,
      rooms: "any",
      roomCapacity: 1000,
      roomsMax: 100,
      resumeSeconds: 30,
      dataDir: undefined,
      worldSize: 4096,
      cellSize: 320,
      origins: new Set(),
      trustedProxies: [],
      addressSockets: 50,
      addressJoinsPerSecond: 10,
      authSecret: "",
      authJwksUrl: "",
      authIssuer: "",
      authAudience: "",
      logLevel: "info",
      spawnRange: 150,
      game: "pond",
      filter: "english",
      wordsFile: "",
      seed: 42,
    });
  });

  test("takes an empty variable as unset", () => {
    expect(read(Object.fromEntries(Object.values(VARIABLES).map(({ name }) => [name, ""])))).toEqual(read({}));
  });

  test("leaves variables alone that it does not know", () => {
    expect(read({ PATH: "/bin", SHOAL_PORT: "x" })).toEqual(read({}));
  });

  const ranges = [
    ["PORT", "port", 0, 65535],
    ["ADMIN_PORT", "adminPort", 0, 65535],
    ["TICK_HZ", "tickHz", 10, 60],
    ["ROOM_CAPACITY", "roomCapacity", 1, 16000],
    ["ADDRESS_SOCKETS", "addressSockets", 0, 100_000],
    ["ADDRESS_JOINS_PER_S", "addressJoinsPerSecond", 0, 100_000],
    ["ROOMS_MAX", "roomsMax", 1, 10_000],
    ["WORLD_SIZE", "worldSize", 512, 32768],
    ["CELL_SIZE", "cellSize", CELL_SIZE_MIN, CELL_SIZE_MAX],
    ["SEED", "seed", 0, SEED_MAX],
  ] as const;
  test.each(ranges)("%s takes its range and nothing beyond", (name, key, min, max) => {
    expect(read({ [name]: String(min) })[key]).toBe(min);
    expect(read({ [name]: String(max) })[key]).toBe(max);
    for (const bad of [String(min - 1), String(max + 1)]) {
      expect(errorsOf({ [name]: bad })).toEqual([
        `${name} is "${bad}" but must be a whole number from ${min} to ${max}`,
      ]);
    }
  });

  const notIntegers = ["1e2", "0x20", "20.0", " 20", "20 ", "-0", "+20", "NaN", "Infinity", "twenty", "9".repeat(400)];
  test.each(notIntegers)("refuses %j where a whole number is due", (text) => {
    for (const [name] of ranges) expect(errorsOf({ [name]: text })).toHaveLength(1);
  });

  test("names every bad variable at once, with what it got and what is allowed", () => {
    const errors = errorsOf({ PORT: "http", HOST: "my host", TICK_HZ: "9", LOG_LEVEL: "loud" });
    expect(errors).toEqual([
      'PORT is "http" but must be a whole number from 0 to 65535',
      'HOST is "my host" but must be an IP address or host name',
      'TICK_HZ is "9" but must be a whole number from 10 to 60',
      'LOG_LEVEL is "loud" but must be trace, debug, info, warn, error, fatal, silent',
    ]);
  });

  test("shows control characters of a bad value escaped, so that a terminal stays whole", () => {
    expect(errorsOf({ PORT: "1\u001b[2J\n" })).toEqual([expect.stringContaining('"1\\u001b[2J\\n"')]);
  });

  test("reads room names", () => {
    expect(read({ ROOMS: "pond, lake-2" }).rooms).toEqual(new Set(["pond", "lake-2"]));
    for (const bad of ["Pond", "pond,", "a b", "x".repeat(33), "*,pond", "../etc"]) {
      expect(errorsOf({ ROOMS: bad }), bad).toHaveLength(1);
    }
  });

  test("reads origins exactly as browsers send them", () => {
    const text = "https://play.example.org, http://localhost:5173,http://[::1]:8080";
    expect(read({ ORIGINS: text }).origins).toEqual(
      new Set(["https://play.example.org", "http://localhost:5173", "http://[::1]:8080"]),
    );
    for (const bad of ["https://a.example/", "https://A.example", "a.example", "https://a.example:443", "null", "*"]) {
      expect(errorsOf({ ORIGINS: bad }), bad).toHaveLength(1);
    }
  });

  test("reads proxies as addresses and prefixes", () => {
    const { trustedProxies } = read({ TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8,2001:db8::/32" });
    expect(trustedProxies.map(({ bits }) => bits)).toEqual([128, 104, 32]);
    for (const bad of ["proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.1:80", "::1/129", "10.0.0.1,", "*"]) {
      expect(errorsOf({ TRUSTED_PROXIES: bad }), bad).toHaveLength(1);
    }
  });

  test("S18 takes a secret of 32 bytes, and never quotes one that is too short", () => {
    expect(read({ AUTH_SECRET: "x".repeat(32) }).authSecret).toHaveLength(32);
    expect(read({ AUTH_SECRET: "ü".repeat(16) }).authSecret).toHaveLength(16);
    expect(errorsOf({ AUTH_SECRET: "x".repeat(31) })).toEqual(["AUTH_SECRET must be a secret of at least 32 bytes"]);
  });

  test("S18 takes one way to check tokens, not two", () => {
    const url = "https://id.example/jwks.json";
    expect(read({ AUTH_JWKS_URL: url }).authJwksUrl).toBe(url);
    for (const own of ["http://localhost:8080/keys", "http://127.0.0.1/keys", "http://[::1]:8080/keys"]) {
      expect(read({ AUTH_JWKS_URL: own }).authJwksUrl).toBe(own);
    }
    const open = ["http://id.example/keys", "http://127.0.0.1.example/", "http://u:pass@192.0.2.7/"];
    for (const bad of ["id.example", "ftp://id.example/", "https://", "http:localhost", ...open]) {
      // Not quoted: it may hold a password.
      expect(errorsOf({ AUTH_JWKS_URL: bad }), bad).toEqual([
        "AUTH_JWKS_URL must be an https: address; http: for this machine only",
      ]);
    }
    expect(errorsOf({ AUTH_JWKS_URL: url, AUTH_SECRET: "x".repeat(32) })).toEqual([
      "AUTH_SECRET and AUTH_JWKS_URL are both set: choose one",
    ]);
  });

  test("A1 takes no port for players and operators both, but any free one for each", () => {
    expect(errorsOf({ PORT: "4000", ADMIN_PORT: "4000" })).toEqual([
      "PORT and ADMIN_PORT are both 4000: players and operators need a port each",
    ]);
    expect(errorsOf({ ADMIN_PORT: "3000" })).toHaveLength(1);
    expect(read({ PORT: "0", ADMIN_PORT: "0" }).adminPort).toBe(0);
  });

  test("takes any address to listen on", () => {
    for (const host of ["0.0.0.0", "::", "::1", "localhost", "game-1.internal"])
      expect(read({ HOST: host }).host).toBe(host);
  });

  test("the process refuses to start with bad values and says all of them", () => {
    const env = { ...process.env, PORT: "70000", SEED: "-1" };
    const main = join(import.meta.dirname, "../server/main.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain('PORT is "70000" but must be a whole number from 0 to 65535\n');
    expect(stderr).toContain('SEED is "-1" but must be a whole number from 0 to 4294967295\n');
  });

  test("README's table is the one the server goes by", () => {
    const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
    expect(readme, "put this table into README.md").toContain(configTable());
  });
});

/** The table as README shows it. */
function configTable(): string {
  const rows = Object.values(VARIABLES).map(
    ({ name, fallbackText, allowed, meaning }) => `| \`${name}\` | ${fallbackText} | ${allowed} | ${meaning} |`,
  );
  return ["| variable | default | allowed | meaning |", "|---|---|---|---|", ...rows].join("\n");
}
