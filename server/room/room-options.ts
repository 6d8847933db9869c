/** What a room is made of, as its owner decides. Knows nothing of how a room works. */
import type { ReceiveCounters } from "../session/session.ts";
import type { SendCounters } from "./frame-sender.ts";
import type { CreateGame } from "./game.ts";
import type { RoomReport } from "./report.ts";

export interface RoomOptions {
  name: string;
  tickHz: number;
  worldSize: number;
  cellSize: number;
  capacity: number;
  seed: number;
  epoch: number;
  /** Newest tick of the server: the room goes on counting from there. */
  tick: number;
  /** Ticks that the server has skipped so far. */
  skippedTicks: number;
  createGame: CreateGame;
  counters: SendCounters & ReceiveCounters & { inputs: number; readonly rejects: { notice: number } };
  /** What was kept of the player with this number for life the game cannot take up: the others go on without. */
  onLeftOut?(id: number, error: unknown): void;
  /** A player tells the operators about another. Returns 0, or for how long no more is taken from the player's address, ms. Without it nobody reads reports. */
  onReport?(report: RoomReport): number;
}

/** What a room's parts want to know of its time. */
export interface RoomTime {
  /** Newest tick that was encoded; frames of it are out. */
  readonly tick: number;
  /** Ticks in which the room did not step. */
  readonly skippedTicks: number;
}
