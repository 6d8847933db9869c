import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { CHAT_BANK, CHAT_REFILL_MS } from "../../proto/limits.ts";
import { ServerHarness } from "../session/server-harness.ts";

const { NoticeCode } = shoal;

describe("chat", () => {
  test("G3 say reaches the speaker and those nearby, and newcomers see the last words", () => {
    const server = new ServerHarness({ worldSize: 8192 });
    const far = server.join("Far");
    far.steer(0, true);
    server.tick(20 * 20, far);
    far.steer(0, false);
    const ada = server.join("Ada");
    const bao = server.join("Bao");
    server.tick(2, far, ada, bao);
    ada.tell({ events: [{ say: { text: "  hello\tpond " } }] });
    server.tick(1, far, ada, bao);
    expect(ada.heard()).toEqual(["Ada: hello pond"]);
    expect(bao.heard()).toEqual(["Ada: hello pond"]);
    expect(far.heard()).toEqual([]);
    const late = server.join("Late");
    server.tick(1, late);
    const tadpole = late.replica.entity(ada.slot)?.tadpole;
    expect(tadpole).toMatchObject({ lastWords: "hello pond" });
    expect(server.rooms.get("pond")?.tick).toBeGreaterThan(tadpole?.lastWordsTick ?? 0);
  });

  test("G4 shout reaches the room, whisper one player and the speaker", () => {
    const server = new ServerHarness();
    const [ada, bao, chidi] = ["Ada", "Bao", "Chidi"].map((name) => server.join(name));
    server.tick(1, ada, bao, chidi);
    ada.tell({ events: [{ shout: { text: "all" } }, { whisper: { toId: bao.id, text: "psst" } }] });
    server.tick(1, ada, bao, chidi);
    expect(ada.heard()).toEqual(["Ada: all", "Ada: psst"]);
    expect(bao.heard()).toEqual(["Ada: all", "Ada: psst"]);
    expect(chidi.heard()).toEqual(["Ada: all"]);
    const whisper = bao.events.find(({ said }) => said?.text === "psst")?.said;
    expect(whisper).toMatchObject({ scope: shoal.Scope.SCOPE_WHISPER, toId: bao.id, toName: "Bao", fromId: ada.id });
  });

  test("G4 a whisper to nobody is answered with a notice and costs no quota", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    ada.tell({ events: [{ whisper: { toId: 999, text: "psst" } }] });
    server.tick(1, ada);
    expect(ada.notices()).toEqual([NoticeCode.NOTICE_CODE_NOBODY_THERE]);
    expect(server.counters.rejects.notice).toBe(1);
  });

  test("G5 five lines at once, one more each 1.5 s, then a notice that says when", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    const events = Array.from({ length: CHAT_BANK + 1 }, (_, i) => ({ say: { text: `${i}` } }));
    ada.tell({ events });
    server.tick(1, ada);
    expect(ada.heard()).toHaveLength(CHAT_BANK);
    const notice = ada.events.find((event) => event.notice)?.notice;
    expect(notice).toMatchObject({ code: NoticeCode.NOTICE_CODE_CHAT_TOO_FAST, retryMs: CHAT_REFILL_MS });
    server.tick(CHAT_REFILL_MS / 50 - 2, ada);
    ada.tell({ events: [{ say: { text: "early" } }] });
    server.tick(1, ada);
    ada.tell({ events: [{ say: { text: "in time" } }] });
    server.tick(1, ada);
    expect(ada.heard().slice(CHAT_BANK)).toEqual(["Ada: in time"]);
  });

  test("G5 text of 280 characters is said, of 281 or of none is not", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    for (const text of ["x".repeat(280), "x".repeat(281), "  ", "\u200b\u202e"]) {
      ada.tell({ events: [{ say: { text } }] });
    }
    server.tick(1, ada);
    expect(ada.heard()).toEqual([`Ada: ${"x".repeat(280)}`]);
    expect(ada.notices()).toEqual(Array(3).fill(NoticeCode.NOTICE_CODE_BAD_TEXT));
  });

  test("G6 a new look is seen by others in the same tick, at rest and far from any motion", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(50, ada, bao);
    ada.tell({ events: [{ look: { name: "爱达", colour: 0x112233, gender: shoal.Gender.GENDER_FEMALE } }] });
    server.tick(1, ada, bao);
    expect(bao.replica.entity(ada.slot)?.tadpole?.look).toMatchObject({
      name: "爱达",
      colour: 0x112233,
      gender: shoal.Gender.GENDER_FEMALE,
    });
  });

  test("G6 a look changes at most twice a second, and the newest one wins", () => {
    const server = new ServerHarness();
    const [ada, bao] = ["Ada", "Bao"].map((name) => server.join(name));
    server.tick(1, ada, bao);
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      if (i % 2 === 0) ada.tell({ events: [{ look: { name: `Ada ${i}` } }] });
      server.tick(1, ada, bao);
      seen.add(bao.replica.entity(ada.slot)?.tadpole?.look?.name ?? "");
    }
    server.tick(10, ada, bao);
    expect([...seen]).toEqual(["Ada 0", "Ada 10"]);
    expect(bao.names()).toEqual(["Ada 18", "Bao"]);
  });

  test.each([
    ["a name of 21 characters", { name: "x".repeat(21) }],
    ["a colour above white", { name: "Ada", colour: 0x1000000 }],
    ["an unknown gender", { name: "Ada", gender: 7 }],
    ["a name of 84 bytes", { name: "👨‍👩‍👧‍👦".repeat(4) }],
  ])("G1 %s is refused with a notice and changes nothing", (_, look) => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    ada.tell({ events: [{ look }] });
    server.tick(1, ada);
    expect(ada.notices()).toEqual([NoticeCode.NOTICE_CODE_BAD_LOOK]);
    expect(ada.names()).toEqual(["Ada"]);
  });

  test("G1 no name means Guest and the id, at joining and later", () => {
    const server = new ServerHarness();
    const guest = server.join("");
    server.tick(1, guest);
    expect(guest.names()).toEqual([`Guest ${guest.id}`]);
    guest.tell({ events: [{ look: { name: "Ada" } }] });
    server.tick(10, guest);
    guest.tell({ events: [{ look: {} }] });
    server.tick(1, guest);
    expect(guest.names()).toEqual([`Guest ${guest.id}`]);
  });

  test("G7 everyone is told how many are here, at joining and when it changes", () => {
    const server = new ServerHarness();
    const ada = server.join("Ada");
    const online = () => ada.events.flatMap((event) => (event.online ? [event.online.players] : []));
    server.tick(25, ada);
    const bao = server.join("Bao");
    server.tick(40, ada);
    bao.connection.close(1000, "");
    server.tick(40, ada);
    expect(online()).toEqual([1, 1, 2, 1]);
  });

  test("G8 G9 newcomers appear near the middle, with ids never used before", () => {
    const server = new ServerHarness({ capacity: 3 });
    const ids: number[] = [];
    for (let i = 0; i < 20; i++) {
      const player = server.join("x");
      server.tick(1, player);
      ids.push(player.id);
      expect(Math.abs(player.x - 1024)).toBeLessThanOrEqual(150);
      player.connection.close(1000, "");
      // Someone stays, so that the room does.
      if (i === 0) server.join("stays");
    }
    expect(new Set(ids).size).toBe(20);
  });
});
