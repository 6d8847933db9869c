/**
 * The border between the engine and a game: what a room asks of a game, and what a game may ask of its room. A game
 * reads no clock and no Math.random, so the same seed and inputs give the same world.
 */
import type { shoal } from "../../proto/gen/shoal.js";
import type { ByteWriter } from "../../proto/wire.ts";
import type { World } from "../sim/world.ts";
import type { Relief } from "./relief.ts";
import type { PlayerReport } from "./report.ts";

/** Who a player is, where the operator asks for it (SPEC S18). */
export interface Identity {
  /** The same for each connection of one person; 1 to 128 bytes. Not for other players' eyes. */
  readonly account: string;
  /** What the player is called, as it stands in the token: any text. Undefined: the player chooses. */
  readonly name: string | undefined;
}

/** A newcomer's slot, or why the newcomer cannot come in (for a close frame: at most 100 bytes). */
export type Entered = { readonly slot: number; readonly refused?: undefined } | { readonly refused: string };

export interface Game {
  /** Checks what a newcomer brings and puts the newcomer's entity into the world, which has room for it. */
  enter(join: shoal.Join.$Shape, identity?: Identity): Entered;
  /** The player in `slot` is about to be taken out of the world. */
  leave(slot: number): void;
  /** Nothing is heard of the player any more; the entity stays for now. */
  away(slot: number): void;
  /**
   * The player is back. `join` and `identity` are what a new connection brought; `join` is undefined if the old one spoke again.
   */
  back(slot: number, join: shoal.Join.$Shape | undefined, identity?: Identity): void;
  /** Whether every number of the input is in range; a client that sends others is broken or hostile. */
  isInput(input: shoal.Input.$Shape): boolean;
  /** The player's one input of the coming step. Not called when there is none: the last one goes on. */
  input(slot: number, input: shoal.Input.$Shape): void;
  /** Something the player does now and then, in order of arrival. */
  event(slot: number, event: shoal.ClientEvent.$Shape): void;
  /** Moves the world on by one tick. */
  step(): void;
  /** The entity's rest fields, for those who see it. */
  entity(slot: number): shoal.Entity.$Properties;
  /** What the player goes by, for operators. */
  nameOf(slot: number): string;
  /**
   * Writes what the game keeps of the player in `slot` beside motion, whether away or not: what `load` of this or a later version of the
   * game takes. Called for everyone once a second within a tick, so it should copy rather than encode; it reserves what it writes.
   */
  save(slot: number, to: ByteWriter): void;
  /**
   * A saved player is in `slot` of the world again, and `away` follows. All that a game is told of a restart or a failure, so what it
   * does not save is gone. `saved` is valid until this returns. Throws on bytes that `save` does not write, and
   * keeps nothing of the player then: the slot is free again.
   */
  load(slot: number, saved: Uint8Array): void;
  /** The world takes more time than it may, and the room is relieved so from the coming step on ("none": it is well again). */
  relief?(relief: Relief): void;
}

export interface GameHost {
  readonly world: World;
  readonly tickHz: number;
  /** The tick being prepared: what is done now shows in its frame. */
  readonly tick: number;
  /** Seeded; [0, 1). */
  random(): number;
  /** Call when rest fields of an entity change. */
  restChanged(slot: number): void;
  /** Call when an entity moves otherwise than by `steer` under its player's input: the player's client foresaw another place. */
  moved(slot: number): void;
  /** Events reach a client in the order of these calls, with the coming frame. */
  tell(slot: number, event: shoal.ServerEvent.$Properties): void;
  /** To everyone who is told about the cell that the entity is in; `onTold` hears of each of them. */
  tellNearby(slot: number, event: shoal.ServerEvent.$Properties, onTold?: (slot: number) => void): void;
  tellAll(event: shoal.ServerEvent.$Properties, onTold?: (slot: number) => void): void;
  /** Hands what the player says about another to the operators. Returns 0, or for how long no more is taken from where the player is, ms. */
  report(slot: number, report: PlayerReport): number;
}

export type CreateGame = (host: GameHost) => Game;
