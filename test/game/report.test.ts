/** Reports: what a player may tell the operators about another, and what goes with it. */
import { describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { TEXT_GRAPHEMES_MAX } from "../../proto/limits.ts";
import type { RoomReport } from "../../server/room/report.ts";
import { ServerHarness, type TestPlayer } from "../session/server-harness.ts";

const { NoticeCode } = shoal;

function pond() {
  const reports: RoomReport[] = [];
  /** What the operators' side answers. */
  const answer = { retryMs: 0 };
  const onReport = (report: RoomReport) => {
    if (answer.retryMs === 0) reports.push(report);
    return answer.retryMs;
  };
  const server = new ServerHarness({ onReport });
  const join = (name: string, address?: string) => server.join(name, {}, address);
  return { server, reports, answer, join };
}

function report(by: TestPlayer, aboutId: number, words = ""): void {
  by.tell({ events: [{ report: { aboutId, words } }] });
}

describe("a report", () => {
  test("A6 holds who both are, the words and the lines that the reporter was told; nobody else learns of it", () => {
    const { server, reports, join } = pond();
    const ada = join("Ada", "192.0.2.1");
    const bao = join("Bao", "192.0.2.2");
    const cy = join("Cy");
    server.tick(1, ada, bao, cy);
    bao.tell({ events: [{ shout: { text: "you all stink" } }] });
    cy.tell({ events: [{ say: { text: "stop" } }, { whisper: { toId: bao.id, text: "for Bao only" } }] });
    server.tick(20, ada, bao, cy);
    bao.tell({ events: [{ whisper: { toId: ada.id, text: "you too" } }] });
    server.tick(1, ada, bao, cy);
    report(ada, bao.id, "  rude\u202e to everyone ");
    server.tick(1, ada, bao, cy);
    expect(reports).toEqual([
      {
        room: "pond",
        by: { session: `pond/${ada.id}`, name: "Ada", account: undefined, address: "192.0.2.1" },
        about: { session: `pond/${bao.id}`, name: "Bao", account: undefined, address: "192.0.2.2" },
        words: "rude to everyone",
        lines: [
          { agoMs: 1050, fromId: bao.id, fromName: "Bao", scope: "room", text: "you all stink" },
          { agoMs: 1050, fromId: cy.id, fromName: "Cy", scope: "nearby", text: "stop" },
          { agoMs: 50, fromId: bao.id, fromName: "Bao", scope: "whisper", text: "you too" },
        ],
      },
    ]);
    expect(ada.notices()).toEqual([NoticeCode.NOTICE_CODE_REPORTED]);
    expect([...bao.notices(), ...cy.notices()]).toEqual([]);
    // A report that was taken is no refusal.
    expect(server.counters.rejects.notice).toBe(0);
  });

  test("A6 has the newest 20 lines, and none that was said before its reporter came", () => {
    const { server, reports, join } = pond();
    const bao = join("Bao");
    const players = [bao];
    const say = (text: string) => {
      bao.tell({ events: [{ say: { text } }] });
      // The bank refills.
      server.tick(30, ...players);
    };
    say("before");
    const ada = join("Ada");
    players.push(ada);
    server.tick(1, ...players);
    for (let i = 1; i <= 21; i++) say(`line ${i}`);
    report(ada, bao.id);
    server.tick(1, ada);
    const texts = reports[0].lines.map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i + 2}`));
  });

  test("A6 is possible about one who spoke and left, without account and address", () => {
    const { server, reports, join } = pond();
    const [ada, bao, cy] = [join("Ada"), join("Bao"), join("Cy")];
    server.tick(1, ada, bao, cy);
    bao.tell({ events: [{ say: { text: "bye" } }] });
    server.tick(1, ada, bao, cy);
    bao.connection.close(1000, "");
    cy.connection.close(1000, "");
    server.tick(1, ada);
    report(ada, bao.id);
    report(ada, cy.id);
    server.tick(1, ada);
    const about = { session: `pond/${bao.id}`, name: "Bao", account: undefined, address: undefined };
    expect(reports).toMatchObject([{ about, lines: [{ text: "bye" }] }]);
    expect(ada.notices()).toEqual([NoticeCode.NOTICE_CODE_REPORTED, NoticeCode.NOTICE_CODE_NOBODY_THERE]);
  });

  test.each([
    ["nobody", 77_777, "", NoticeCode.NOTICE_CODE_NOBODY_THERE],
    ["no id", 0, "", NoticeCode.NOTICE_CODE_NOBODY_THERE],
    ["too many words", undefined, "x".repeat(TEXT_GRAPHEMES_MAX + 1), NoticeCode.NOTICE_CODE_BAD_TEXT],
    ["words that show nothing", undefined, "\u200b", NoticeCode.NOTICE_CODE_BAD_TEXT],
  ])("A6 about %s is refused with a notice", (_, id, words, code) => {
    const { server, reports, join } = pond();
    const [ada, bao] = [join("Ada"), join("Bao")];
    server.tick(1, ada, bao);
    report(ada, id ?? bao.id, words);
    server.tick(1, ada);
    expect(ada.notices()).toEqual([code]);
    expect(reports).toEqual([]);
    expect(server.counters.rejects.notice).toBe(1);
  });

  test("A6 three are in the bank, and one more comes each 20 s", () => {
    const { server, reports, join } = pond();
    const [ada, bao] = [join("Ada"), join("Bao")];
    server.tick(1, ada, bao);
    for (let i = 0; i < 4; i++) report(ada, bao.id, "x".repeat(TEXT_GRAPHEMES_MAX));
    server.tick(1, ada, bao);
    expect(reports).toHaveLength(3);
    const refused = ada.events.flatMap(({ notice }) =>
      notice?.code === NoticeCode.NOTICE_CODE_REPORT_TOO_FAST ? [notice] : [],
    );
    expect(refused.map(({ retryMs }) => retryMs)).toEqual([20_000]);
    server.tick(398, ada, bao);
    report(ada, bao.id);
    server.tick(1, ada, bao);
    expect(reports).toHaveLength(3);
    report(ada, bao.id);
    server.tick(1, ada, bao);
    expect(reports).toHaveLength(4);
  });

  test("A6 that the player's address has no more of is refused with the time to wait", () => {
    const { server, answer, join } = pond();
    const [ada, bao] = [join("Ada"), join("Bao")];
    server.tick(1, ada, bao);
    answer.retryMs = 600_000;
    report(ada, bao.id);
    server.tick(1, ada, bao);
    const notices = ada.events.flatMap(({ notice }) => (notice ? [[notice.code, notice.retryMs]] : []));
    expect(notices).toEqual([[NoticeCode.NOTICE_CODE_REPORT_TOO_FAST, 600_000]]);
  });
});
