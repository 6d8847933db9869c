import { beforeAll, describe, expect, test } from "vitest";
import { shoal } from "../../proto/gen/shoal.js";
import { ServerHarness } from "../session/server-harness.ts";
import { provideForeignDecoder } from "../setup/protoc.ts";

describe("frames and other protobuf libraries", () => {
  let frames: Uint8Array[];
  beforeAll(() => {
    const server = new ServerHarness();
    const players = ["Ada", "Bao", "Chidi"].map((name) => server.join(name));
    server.tick(1, ...players);
    players.forEach((player, i) => player.steer(i * 20_000, true));
    players[1].tell({ events: [{ say: { text: "hello" } }] });
    server.tick(3, ...players);
    frames = players[0].connection.sent.slice(1);
  });

  test("C1 protobufjs reads every frame, and writes the same bytes back", () => {
    for (const bytes of frames) {
      const again = shoal.ServerFrame.encode(shoal.ServerFrame.decode(bytes)).finish();
      expect([...again]).toEqual([...bytes]);
    }
    const first = shoal.ServerFrame.decode(frames[0]);
    expect(first).toMatchObject({ tick: 1, epoch: 1, view: { reset: true } });
    expect(first.entities.map(({ entity }) => entity?.tadpole?.look?.name).sort()).toEqual(["Ada", "Bao", "Chidi"]);
  });

  test("C1 protoc reads a captured frame and sees what protobufjs sees", { timeout: 120_000 }, async () => {
    const decoder = await provideForeignDecoder();
    const keyframe = decoder.decode("ServerFrame", frames[0]);
    for (const word of ["keyframes", "records", "tadpole", "Chidi"]) expect(keyframe).toContain(word);
    const update = decoder.decode("ServerFrame", frames[1]);
    for (const word of ["updates", "updated", "said", "hello"]) expect(update).toContain(word);
  });
});
