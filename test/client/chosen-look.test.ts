/** Which look the server hears last, however hello and events overtake each other. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChosenLook } from "../../client/chosen-look.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { setUp } from "./client-harness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUpLook() {
  const { client, last, join, onState } = setUp();
  const look = new ChosenLook(client);
  onState(({ kind }) => {
    if (kind === "joined") look.joined();
  });
  join();
  return {
    client,
    last,
    choose: (name: string) => look.choose({ name, colour: 0x4488cc, gender: 0 }),
    lose: () => last().events.onClose(1006, ""),
    reopen: () => {
      vi.advanceTimersByTime(500);
      last().events.onOpen();
    },
    /** The names in the order in which this connection told them. */
    names: () => {
      vi.advanceTimersByTime(100);
      const hello = shoal.Hello.decode(last().sent[0]).join?.look?.name;
      const events = last()
        .told()
        .flatMap((frame) => frame.events);
      return [hello, ...events.map(({ look: told }) => told?.name)];
    },
  };
}

describe("a chosen look", () => {
  test("G6 is told by an event, and by the hello of the next connection", () => {
    const { last, choose, lose, reopen, names } = setUpLook();
    choose("Bao");
    expect(names()).toEqual(["Ada", "Bao"]);
    last().frame({ tick: 11, eventAck: 1 });
    lose();
    choose("Cleo");
    reopen();
    last().welcome(1, { resumed: true, lastEvent: 1 });
    expect(names()).toEqual(["Cleo"]);
  });

  test.each([
    ["queued", 0],
    ["sent", 100],
  ])("G6 without a connection is the last that is told, though one before was %s and is said again", (_, sentMs) => {
    const { client, last, choose, lose, reopen, names } = setUpLook();
    choose("Bao");
    vi.advanceTimersByTime(sentMs);
    lose();
    choose("Cleo");
    reopen();
    last().welcome(1, { resumed: true, lastEvent: 0 });
    expect(names()).toEqual(["Cleo", "Bao", "Cleo"]);
    last().frame({ tick: 11, eventAck: 2 });
    client.sendEvent({ say: { text: "hello" } });
    lose();
    reopen();
    last().welcome(1, { resumed: true, lastEvent: 2 });
    // Not again: a name that is free by now would be taken.
    expect(names()).toEqual(["Cleo", undefined]);
  });

  test("G6 between hello and welcome is told behind them", () => {
    const { last, choose, lose, reopen, names } = setUpLook();
    lose();
    reopen();
    choose("Bao");
    last().welcome(1, { resumed: true });
    expect(names()).toEqual(["Ada", "Bao"]);
  });

  test("G6 is told by the hello alone where a new session begins", () => {
    const { last, choose, lose, reopen, names } = setUpLook();
    choose("Bao");
    lose();
    choose("Cleo");
    reopen();
    last().welcome();
    expect(names()).toEqual(["Cleo"]);
  });
});
