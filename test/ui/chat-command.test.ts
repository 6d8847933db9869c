import { describe, expect, test } from "vitest";
import { type KnownName, readChatCommand } from "../../client/ui/chat-command.ts";

const inSight = (id: number, name: string): KnownName => ({ id, name, place: "in-sight" });
const heard = (id: number, name: string): KnownName => ({ id, name, place: "heard" });
const self: KnownName = { id: 1, name: "Ada", place: "self" };
const known = [inSight(2, "Bao"), inSight(3, "Bao Bao"), heard(4, "Chi"), self];
const read = (line: string, names: readonly KnownName[] = known) => readChatCommand(line, names);

describe("chat commands", () => {
  test.each([
    ["hello", { kind: "say", text: "hello" }],
    ["  hello there ", { kind: "say", text: "hello there" }],
    ["1/2 of it", { kind: "say", text: "1/2 of it" }],
    ["", { kind: "nothing" }],
    [" \t ", { kind: "nothing" }],
    ["/s all of you", { kind: "shout", text: "all of you" }],
    ["/S all of you", { kind: "shout", text: "all of you" }],
    ["/shout  all", { kind: "shout", text: "all" }],
    ["/help", { kind: "help" }],
    ["/HELP me", { kind: "help" }],
    ["／s 大家好", { kind: "shout", text: "大家好" }],
  ])("%j is %j", (line, command) => {
    expect(read(line)).toEqual(command);
  });

  test.each([
    ["//", "/"],
    ["//shrug it off", "/shrug it off"],
    ["///", "//"],
    ["/／x", "／x"],
  ])("two slashes say one: %j says %j", (line, text) => {
    expect(read(line)).toEqual({ kind: "say", text });
  });

  test.each([
    ["/", "/"],
    ["/wisper Bao secret", "/wisper"],
    ["/ w Bao secret", "/"],
    ["/whisperBao secret", "/whisperBao"],
    ["/__proto__", "/__proto__"],
    ["／怎么了 吗", "/怎么了"],
  ])("%j is no command and is not said", (line, command) => {
    expect(read(line)).toEqual({ kind: "unknown-command", command });
  });

  test.each(["/s", "/shout ", "/w", "/whisper", "/w Bao", "/w Bao Bao  "])("%j lacks its words", (line) => {
    expect(read(line)).toEqual({ kind: "incomplete" });
  });
});

describe("whispers", () => {
  test.each([
    ["/w Bao hi", 2, "hi"],
    ["/w bao hi", 2, "hi"],
    ["/whisper Bao Bao hi", 3, "hi"],
    ["/w Bao Baoo hi", 2, "Baoo hi"],
    ["/w Chi  spaced  words ", 4, "spaced  words"],
    ["/w Bao#2 hi", 2, "hi"],
    ["/w Bao /s is no command here", 2, "/s is no command here"],
  ])("%j goes to id %i", (line, toId, text) => {
    expect(read(line)).toEqual({ kind: "whisper", toId, text });
  });

  test("a name written with loose accents is found", () => {
    expect(read("/w Zoe\u0308 hi", [inSight(7, "Zoë")])).toEqual({ kind: "whisper", toId: 7, text: "hi" });
  });

  test("to an unknown name quote what was meant as a name", () => {
    expect(read("/w Guest 17 hello")).toEqual({ kind: "unknown-name", name: "Guest 17", like: undefined });
    expect(read("/w Baobab hello there")).toEqual({ kind: "unknown-name", name: "Baobab", like: undefined });
  });

  test("to a name that is cut short quote what a known name begins with, and say which", () => {
    const names = [inSight(2, "Guest 17"), inSight(3, "Bao Bao Chen"), self];
    expect(read("/w Guest 1 hello", names)).toEqual({ kind: "unknown-name", name: "Guest 1", like: "Guest 17" });
    expect(read("/w bao bao hello", names)).toEqual({ kind: "unknown-name", name: "bao bao", like: "Bao Bao Chen" });
    expect(read("/w Ad hello", names)).toEqual({ kind: "unknown-name", name: "Ad", like: undefined });
  });

  test("to oneself are told so, but a namesake in sight gets them", () => {
    expect(read("/w Ada hi")).toEqual({ kind: "self" });
    expect(read("/w Ada hi", [...known, inSight(9, "Ada")])).toEqual({ kind: "whisper", toId: 9, text: "hi" });
    expect(read("/w Ada#1 hi", [...known, inSight(9, "Ada")])).toEqual({ kind: "self" });
  });

  test("to one of several in sight ask which, and take the answer", () => {
    const twins = [inSight(5, "Eve"), inSight(6, "eve"), heard(8, "Eve")];
    expect(read("/w eve hi", twins)).toEqual({ kind: "several", name: "eve", labels: ["Eve#5", "eve#6"] });
    expect(read("/w eve#6 hi", twins)).toEqual({ kind: "whisper", toId: 6, text: "hi" });
    expect(read("/w eve#8 hi", twins)).toEqual({ kind: "whisper", toId: 8, text: "hi" });
  });

  test("go to the one in sight before one who was only heard, and to the latest heard of those", () => {
    expect(read("/w Eve hi", [heard(8, "Eve"), inSight(5, "Eve")])).toMatchObject({ toId: 5 });
    expect(read("/w Eve hi", [heard(9, "Eve"), heard(8, "Eve")])).toMatchObject({ toId: 9 });
  });
});

describe("muting", () => {
  test.each([
    ["/mute Bao", { kind: "mute", player: inSight(2, "Bao") }],
    ["/MUTE bao bao ", { kind: "mute", player: inSight(3, "Bao Bao") }],
    ["/unmute Chi", { kind: "unmute", player: heard(4, "Chi") }],
    ["/block Bao", { kind: "mute", player: inSight(2, "Bao") }],
    ["/unblock Chi", { kind: "unmute", player: heard(4, "Chi") }],
    ["/mute Bao#2", { kind: "mute", player: inSight(2, "Bao") }],
    ["/mute", { kind: "nobody" }],
    ["/unmute  ", { kind: "nobody" }],
    ["/mute Ada", { kind: "self" }],
    ["/mute Dee", { kind: "unknown-name", name: "Dee", like: undefined }],
    ["/mute Bao and friends", { kind: "unknown-name", name: "Bao and friends", like: "Bao" }],
  ])("%j is %j", (line, command) => {
    expect(read(line)).toEqual(command);
  });
});

describe("reports", () => {
  test.each([
    ["/report Bao pushes everybody around", { kind: "report", aboutId: 2, text: "pushes everybody around" }],
    ["/report bao bao", { kind: "report", aboutId: 3, text: "" }],
    ["/report Chi#4 left", { kind: "report", aboutId: 4, text: "left" }],
    ["/report", { kind: "nobody" }],
    ["/report Ada me", { kind: "self" }],
    ["/report Dee x", { kind: "unknown-name", name: "Dee", like: undefined }],
  ])("%j is %j", (line, command) => {
    expect(read(line)).toEqual(command);
  });
});
