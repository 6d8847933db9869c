import { describe, expect, test } from "vitest";
import { ChatHistory } from "../../client/ui/chat-history.ts";

function historyOf(...lines: string[]): ChatHistory {
  const history = new ChatHistory();
  for (const line of lines) history.add(line);
  return history;
}

describe("chat history", () => {
  test("walks back to the oldest line and forward to the draft", () => {
    const history = historyOf("one", "two");
    expect(history.step(-1, "draft")).toBe("two");
    expect(history.step(-1, "two")).toBe("one");
    expect(history.step(-1, "one")).toBeUndefined();
    expect(history.step(1, "one")).toBe("two");
    expect(history.step(1, "two")).toBe("draft");
    expect(history.step(1, "draft")).toBeUndefined();
  });

  test("of nobody who spoke has no line in either direction", () => {
    expect(historyOf().step(-1, "x")).toBeUndefined();
    expect(historyOf().step(1, "x")).toBeUndefined();
  });

  test("keeps a line said twice in a row once, and starts from the end after a new line", () => {
    const history = historyOf("one", "two", "two");
    history.step(-1, "");
    history.step(-1, "two");
    history.add("three");
    expect(history.step(-1, "")).toBe("three");
    expect(history.step(-1, "three")).toBe("two");
    expect(history.step(-1, "two")).toBe("one");
  });

  test("keeps the last 50 lines", () => {
    const history = historyOf(...Array.from({ length: 51 }, (_, i) => `line ${i}`));
    let oldest = "";
    for (let line = history.step(-1, ""); line !== undefined; line = history.step(-1, line)) oldest = line;
    expect(oldest).toBe("line 1");
  });
});
