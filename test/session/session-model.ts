/**
 * What a server's sessions are, in as few words as possible: a list of stays and a list of lines, changed by what clients do and by
 * time. Tests do the same to a real server and compare. Knows nothing of tokens' bytes, frames or worlds.
 */
import { CLIENT_AWAY_MS, CLIENT_GONE_MS, HELLO_TIMEOUT_MS } from "../../proto/limits.ts";

/** A connection as its client sees it. */
export interface Line {
  readonly number: number;
  isOpen: boolean;
  /** The close code that its client must have been told; undefined while it lives, or if the client went by itself. */
  code: number | undefined;
  /** Undefined before the hello. */
  stay: Stay | undefined;
  /** When the server heard of the client last. */
  heardMs: number;
  /** The client has spoken since its Welcome. */
  isConfirmed: boolean;
}

/** A player's stay in a room. */
export interface Stay {
  readonly number: number;
  readonly room: string;
  /** The line that serves it, undefined while its player may come back. */
  line: Line | undefined;
  untilMs: number;
  isAway: boolean;
  /** Numbers of the lines whose Welcome holds a token that is good: at most the one used last and the newest. */
  tokensOf: number[];
}

export interface ModelLimits {
  readonly resumeMs: number;
  readonly roomsMax: number;
  readonly capacity: number;
}

export class SessionModel {
  readonly lines: Line[] = [];
  stays: Stay[] = [];
  isDraining = false;
  readonly #limits: ModelLimits;
  #stays = 0;

  constructor(limits: ModelLimits) {
    this.#limits = limits;
  }

  get rooms(): Set<string> {
    return new Set(this.stays.map(({ room }) => room));
  }

  inRoom(name: string): Stay[] {
    return this.stays.filter(({ room }) => room === name);
  }

  /** A client connects and says nothing yet. */
  connect(nowMs: number): Line {
    const line: Line = {
      number: this.lines.length,
      isOpen: true,
      code: undefined,
      stay: undefined,
      heardMs: nowMs,
      isConfirmed: false,
    };
    this.lines.push(line);
    if (this.isDraining) close(line, 4000);
    return line;
  }

  /** Its hello, with the token of that earlier line's Welcome if one is given. What the server answers is in the line then. */
  hello(line: Line, room: string, tokenOf: Line | undefined, nowMs: number): "joined" | "resumed" | "closed" {
    if (!line.isOpen) return "closed";
    line.heardMs = nowMs;
    const before = tokenOf && this.stays.find(({ tokensOf }) => tokensOf.includes(tokenOf.number));
    if (tokenOf !== undefined && before?.room === room) {
      if (before.line !== undefined) close(before.line, 4504);
      before.line = line;
      before.isAway = false;
      before.tokensOf = [tokenOf.number, line.number];
      line.stay = before;
      return "resumed";
    }
    const others = [...this.rooms].filter((name) => name !== "pond");
    const isRefused = room !== "pond" && !this.rooms.has(room) && others.length >= this.#limits.roomsMax;
    if (isRefused) return close(line, 4004);
    if (this.inRoom(room).length >= this.#limits.capacity) return close(line, 4003);
    const stay = { number: this.#stays++, room, line, untilMs: 0, isAway: false, tokensOf: [line.number] };
    this.stays.push(stay);
    line.stay = stay;
    return "joined";
  }

  speak(line: Line, nowMs: number): void {
    if (!line.isOpen || line.stay === undefined) return;
    line.heardMs = nowMs;
    line.stay.isAway = false;
    if (!line.isConfirmed) line.stay.tokensOf = [line.number];
    line.isConfirmed = true;
  }

  /** The line's end, from either side; `code` as the server is told it. */
  end(line: Line, code: number, nowMs: number): void {
    if (!line.isOpen) return;
    line.isOpen = false;
    const { stay } = line;
    if (stay?.line !== line) return;
    stay.line = undefined;
    const isGoodbye = code === 1000 || code === 1001 || code === 4000 || code >= 4500;
    if (isGoodbye || this.#limits.resumeMs === 0) this.#leave(stay);
    else {
      stay.isAway = true;
      stay.untilMs = nowMs + this.#limits.resumeMs;
    }
  }

  /** The server looks round. */
  sweep(nowMs: number): void {
    for (const line of this.lines) {
      if (!line.isOpen) continue;
      const silentMs = nowMs - line.heardMs;
      if (line.stay === undefined) {
        if (silentMs > HELLO_TIMEOUT_MS) close(line, 4002);
        continue;
      }
      if (silentMs > CLIENT_AWAY_MS) line.stay.isAway = true;
      if (silentMs <= CLIENT_GONE_MS) continue;
      this.end(line, 4006, nowMs);
      line.code = 4006;
    }
    for (const stay of [...this.stays]) if (stay.line === undefined && nowMs > stay.untilMs) this.#leave(stay);
  }

  /** The room's tick failed: it is rebuilt, and everybody in it may come back. */
  failRoom(name: string, nowMs: number): void {
    for (const stay of this.inRoom(name)) this.#cutOff(stay, 4005, nowMs);
  }

  /** Another server goes on from what this one left; `code` as its clients were told, undefined if it was killed. */
  restart(code: number | undefined, nowMs: number): void {
    this.isDraining = false;
    for (const stay of this.stays) this.#cutOff(stay, code, nowMs);
    for (const line of this.lines) if (line.isOpen) Object.assign(line, { isOpen: false, code });
  }

  /** The player's line goes with the server's end of it; the seat stays. */
  #cutOff(stay: Stay, code: number | undefined, nowMs: number): void {
    if (stay.line !== undefined) Object.assign(stay.line, { isOpen: false, code });
    stay.line = undefined;
    stay.isAway = true;
    stay.untilMs = nowMs + this.#limits.resumeMs;
  }

  /** The server shuts down. */
  drain(nowMs: number): void {
    this.isDraining = true;
    for (const line of this.lines) {
      if (!line.isOpen) continue;
      this.end(line, 4000, nowMs);
      line.code = 4000;
    }
  }

  #leave(stay: Stay): void {
    this.stays = this.stays.filter((other) => other !== stay);
  }
}

function close(line: Line, code: number): "closed" {
  line.isOpen = false;
  line.code = code;
  return "closed";
}
