/** Who is kept out: addresses, prefixes, accounts, for how long, and what is on disk of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BanFile } from "../../server/admin/ban-file.ts";
import {
  accountTarget,
  addressTarget,
  BANS_MAX,
  type Ban,
  Bans,
  banRecord,
  banWords,
  REASON_BYTES_MAX,
  readBanRecord,
} from "../../server/admin/bans.ts";
import { createLog } from "../../server/log.ts";

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const MINUTE_MS = 60_000;

function ban(whom: string, untilMs?: number, reason = "spam"): Ban {
  const target = addressTarget(whom) ?? accountTarget(whom);
  if (target === undefined) throw new Error(`${whom} cannot be banned`);
  return { target, reason, sinceMs: NOW_MS, untilMs };
}

describe("bans", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7", "192.0.2.8"],
    ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:192.0.2.8"],
    ["192.0.2.7", "0000:0000:0000:0000:0000:ffff:c000:0207", "0000:0000:0000:0000:0000:ffff:c000:0208"],
    ["192.0.2.0/24", "192.0.2.255", "192.0.3.0"],
    ["192.0.2.129/25", "192.0.2.128", "192.0.2.127"],
    ["10.0.0.0/8", "10.255.255.255", "11.0.0.0"],
    ["2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"],
    ["2001:db8:1:2:3::4", "2001:db8:1:2:ffff::", "2001:db8:1:3::"],
    ["2001:db8::1/128", "2001:db8::1", "2001:db8::2"],
    ["::1", "::1", "::2"],
    ["::1", "::1", "127.0.0.1"],
  ])("A4 a ban of %s keeps %s out and not %s", (banned, inside, outside) => {
    const bans = new Bans(() => NOW_MS);
    bans.add(ban(banned));
    expect(bans.ofAddress(inside)).toBeDefined();
    expect(bans.ofAddress(outside)).toBeUndefined();
  });

  test.each([
    ["no address", "pond"],
    ["nothing", ""],
    ["all of IPv4", "0.0.0.0/0"],
    ["more than a /8", "10.0.0.0/7"],
    ["more than a /16 of IPv6", "2001::/15"],
    ["all of IPv4, in IPv6", "::/64"],
    ["all of IPv4, in IPv6's clothes", "::ffff:0:0/96"],
    ["too many bits", "192.0.2.0/33"],
    ["no bits", "192.0.2.0/"],
    ["bits below 0", "192.0.2.0/-1"],
    ["a zone", "fe80::1%eth0"],
    ["a number", 7],
  ])("A4 an address that is %s (%j) cannot be banned", (_, address) => {
    expect(addressTarget(address)).toBeUndefined();
  });

  test("A4 a ban ends with its time, to the millisecond", () => {
    let nowMs = NOW_MS;
    const bans = new Bans(() => nowMs);
    bans.add(ban("192.0.2.7", NOW_MS + MINUTE_MS));
    bans.add(ban("ada", NOW_MS + MINUTE_MS));
    bans.add(ban("bao"));
    nowMs += MINUTE_MS - 1;
    expect([bans.ofAddress("192.0.2.7"), bans.ofAccount("ada"), bans.ofAccount("bao")]).not.toContain(undefined);
    nowMs += 1;
    expect([bans.ofAddress("192.0.2.7"), bans.ofAccount("ada")]).toEqual([undefined, undefined]);
    expect(bans.list().map(banRecord)).toMatchObject([{ account: "bao" }]);
    expect(bans.size).toBe(1);
  });

  test("A4 the same target written otherwise is the same ban, and can be lifted", () => {
    const bans = new Bans(() => NOW_MS);
    bans.add(ban("192.0.2.7/24", undefined, "first"));
    bans.add(ban("192.0.2.0/24", undefined, "second"));
    expect(bans.list().map(({ reason }) => reason)).toEqual(["second"]);
    expect(bans.lift(ban("192.0.2.200/24").target)).toMatchObject({ target: ban("192.0.2.0/24").target });
    expect(bans.lift(ban("192.0.2.200/24").target)).toBeUndefined();
    expect(bans.ofAddress("192.0.2.7")).toBeUndefined();
  });

  test("A4 there are at most 1000; expired ones make place, and one that is there can be changed", () => {
    let nowMs = NOW_MS;
    const bans = new Bans(() => nowMs);
    for (let i = 1; i < BANS_MAX; i++) expect(bans.add(ban(`player ${i}`))).toBe(true);
    expect(bans.add(ban("192.0.2.7", NOW_MS + 1))).toBe(true);
    expect(bans.add(ban("one more"))).toBe(false);
    expect(bans.add(ban("player 1", undefined, "changed"))).toBe(true);
    nowMs += 1;
    expect(bans.add(ban("one more"))).toBe(true);
    expect(bans.size).toBe(BANS_MAX);
  });

  test("A4 what a banned player reads fits into a close frame", () => {
    const longest = { ...ban("ada", NOW_MS), reason: "x".repeat(REASON_BYTES_MAX) };
    expect(Buffer.byteLength(banWords(longest))).toBeLessThanOrEqual(123);
    expect(banWords(ban("ada", NOW_MS))).toBe("banned until 2026-01-02T03:04Z: spam");
    expect(banWords(ban("ada", undefined, ""))).toBe("banned");
  });

  test("A5 a record reads back as the ban that it was written of", () => {
    for (const one of [ban("192.0.2.0/24", NOW_MS + 1), ban("2001:db8::1"), ban("::1"), ban("ada", undefined, "")]) {
      expect(readBanRecord(JSON.parse(JSON.stringify(banRecord(one))))).toEqual(one);
    }
  });
});

describe("the file of bans", () => {
  async function openFile() {
    const dir = mkdtempSync(join(tmpdir(), "shoal-bans-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const lines: { msg: string; why?: string }[] = [];
    const log = await createLog("info", { write: (line) => void lines.push(JSON.parse(line)) });
    return { dir, path: join(dir, "bans.json"), lines, log, file: new BanFile(dir, log) };
  }

  test("A5 what is saved is there for the next process, and for nobody but its user", async () => {
    const { dir, path, file, log } = await openFile();
    const bans = [ban("192.0.2.0/24", NOW_MS + MINUTE_MS), ban("ada")];
    await Promise.all([file.save([]), file.save(bans)]);
    expect(new BanFile(dir, log).load()).toEqual(bans);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(["bans.json"]);
  });

  test("A5 a folder that is not there yet is made", async () => {
    const { dir, log } = await openFile();
    await new BanFile(join(dir, "deep", "er"), log).save([ban("ada")]);
    expect(new BanFile(join(dir, "deep", "er"), log).load()).toHaveLength(1);
  });

  test("A5 no file is no bans, and nothing to say", async () => {
    const { file, lines } = await openFile();
    expect(file.load()).toEqual([]);
    expect(lines).toEqual([]);
  });

  const good = { account: "ada", reason: "", since: "2026-01-02T03:04:05.000Z" };
  test.each([
    ["cut off", JSON.stringify({ version: 1, bans: [good] }).slice(0, -5), 0],
    ["empty", "", 0],
    ["of a newer version", JSON.stringify({ version: 2, bans: [good] }), 0],
    ["null", "null", 0],
    ["without bans", JSON.stringify({ version: 1 }), 0],
    [
      "with bans that are none",
      JSON.stringify({
        version: 1,
        bans: [
          null,
          7,
          { account: 1 },
          { ...good, since: "x" },
          { ...good, reason: "\u0000" },
          { ...good, until: 3 },
          { ...good, address: "192.0.2.7" },
          good,
        ],
      }),
      1,
    ],
    [
      "with too many",
      JSON.stringify({
        version: 1,
        bans: Array.from({ length: BANS_MAX + 1 }, (_, i) => ({ ...good, account: `a${i}` })),
      }),
      BANS_MAX,
    ],
  ])("A5 a file that is %s is set aside, with a message; what can be read counts", async (_, text, count) => {
    const { dir, path, file, lines, log } = await openFile();
    writeFileSync(path, text, { mode: 0o600 });
    const bans = file.load();
    expect(bans).toHaveLength(count);
    const [aside = "", ...rest] = readdirSync(dir).filter((name) => name !== "bans.json");
    expect(rest).toEqual([]);
    // The next start has nothing to complain about, and keeps out the same ones.
    expect(new BanFile(dir, log).load()).toEqual(bans);
    expect(readdirSync(dir).map((name) => statSync(join(dir, name)).mode & 0o777)).toEqual(
      count === 0 ? [0o600] : [0o600, 0o600],
    );
    expect(aside).toMatch(/^bans\.json\.aside-\d+$/);
    expect(readFileSync(join(dir, aside), "utf8")).toBe(text);
    expect(lines).toMatchObject([{ msg: "the file of bans is set aside" }]);
  });

  test("A5 a file that is a folder stops nothing", async () => {
    const { dir, log, lines } = await openFile();
    expect(new BanFile(join(dir, "bans.json", "x"), log).load()).toEqual([]);
    writeFileSync(join(dir, "file"), "");
    expect(new BanFile(join(dir, "file"), log).load()).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  });

  test("A5 a save that fails says so and leaves the old file whole", async () => {
    const { dir, log } = await openFile();
    writeFileSync(join(dir, "file"), "");
    await expect(new BanFile(join(dir, "file"), log).save([ban("ada")])).rejects.toThrow();
  });
});
