/** Names in the environment that were meant for one of ours. */
import { expect, test } from "vitest";
import { VARIABLES } from "../server/config.ts";
import { nearNames } from "../server/near-names.ts";

const KNOWN = Object.values(VARIABLES).map(({ name }) => name);

test.each([
  ["DATA_DIRR", "DATA_DIR"],
  ["DATADIR", "DATA_DIR"],
  ["DATA_DIT", "DATA_DIR"],
  ["DTAA_DIR", "DATA_DIR"],
  ["PORTT", "PORT"],
  ["PROT", "PORT"],
  ["ADMIN_TOKN", "ADMIN_TOKEN"],
  ["TRUSTED_PROXY", undefined],
  ["ORIGIN", "ORIGINS"],
])("%s was meant for %s", (given, meant) => {
  expect(nearNames([given], KNOWN)).toEqual(meant === undefined ? [] : [{ given, meant }]);
});

test("what else is in environments is nobody's slip", () => {
  const usual =
    "HOME HOSTNAME HOSTTYPE NAME FEED SPEED POST SORT HOT ROOT PATH PWD SHELL SHLVL TERM USER LANG LOGNAME LOGLEVELS MAIL EDITOR PAGER " +
    "DISPLAY TZ CI NODE_ENV NODE_OPTIONS NODE INIT_CWD COLOR DATABASE_URL REDIS_PORT SSH_AUTH_SOCK XDG_DATA_DIRS GAMES TMPDIR _";
  expect(nearNames(usual.split(" "), KNOWN)).toEqual([]);
});

test("a name of ours is none, nor what is beside one that is set", () => {
  expect(nearNames([...KNOWN], KNOWN)).toEqual([]);
  expect(nearNames(["PORT", "PORTT"], KNOWN)).toEqual([]);
  expect(nearNames(["ROOMS_MAX", "ROOM_MAX"], KNOWN)).toEqual([]);
});
