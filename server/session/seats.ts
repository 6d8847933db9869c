/**
 * How many players, and rooms of its own, one address may have: those who are away count, too, so nobody keeps more places than
 * connections by letting connections go (SPEC S33, S34). Whose address nobody knows, after a restart, counts again when back.
 */
import { ROOM_NAME_DEFAULT } from "../../proto/limits.ts";
import type { Room } from "../room/room.ts";
import { subscriber } from "../transport/address-table.ts";
import type { Session } from "./session.ts";

/** A player's stay, whether a connection serves it at the moment or not. */
export interface Stay {
  readonly room: Room;
  readonly session: Session;
}

/** Of what the player's address has too many. */
export type GaveWay = "address-seats" | "address-rooms";

export interface SeatsOptions {
  /** Players of one address; 0: no limit, and none of rooms. */
  readonly seatsMax: number;
  /** Rooms, without the default one, that players of one address may have to themselves. */
  readonly ownRoomsMax: number;
  /** When the player of an away session leaves; undefined while there is a connection. */
  readonly awayUntilMs: (session: Session) => number | undefined;
  /** This one must go; calls `leave`. */
  readonly giveWay: (stay: Stay, reason: GaveWay) => void;
}

export class Seats {
  readonly #options: SeatsOptions;
  readonly #keys = new Map<Session, string>();
  /** By subscriber, none of them empty. */
  readonly #stays = new Map<string, Map<Session, Stay>>();

  constructor(options: SeatsOptions) {
    this.#options = options;
  }

  /** Players that count. */
  get size(): number {
    return this.#keys.size;
  }

  /** The stay counts for the address that it goes on from. One too many, and the address's player that is away for longest gives way. */
  take(stay: Stay): void {
    const key = subscriber(stay.session.connection.address);
    if (key === undefined || this.#options.seatsMax === 0) return;
    const stays = this.#add(key, stay);
    if (stays.size <= this.#options.seatsMax) return;
    // Without one who is away the address has more than one connection for each seat, which is H31's business.
    const oldest = this.#longestAway(stays.values());
    if (oldest !== undefined) this.#options.giveWay(oldest, "address-seats");
  }

  leave(session: Session): void {
    const key = this.#keys.get(session);
    if (key === undefined) return;
    this.#keys.delete(session);
    const stays = this.#stays.get(key);
    stays?.delete(session);
    if (stays?.size === 0) this.#stays.delete(key);
  }

  /** The player of `before` is in a room that was rebuilt. */
  pass(before: Session, stay: Stay): void {
    const key = this.#keys.get(before);
    this.leave(before);
    if (key !== undefined) this.#add(key, stay);
  }

  /**
   * Whether one more room may be opened for this address, after one of those that all of its players have left, if it must be. `before`: the
   * stay that ends with this one, and a room with nobody else in it does, too.
   */
  mayOpenRoom(address: string, before?: Stay): boolean {
    const key = subscriber(address);
    const stays = key === undefined ? undefined : this.#stays.get(key);
    if (stays === undefined) return true;
    const own = ownRooms(stays.values()).filter((players) =>
      players.some(({ session }) => session !== before?.session),
    );
    if (own.length < this.#options.ownRoomsMax) return true;
    let emptiest: Stay[] | undefined;
    let longestMs = Number.POSITIVE_INFINITY;
    for (const players of own) {
      const untilMs = Math.max(...players.map(({ session }) => this.#awayUntilMs(session)));
      if (untilMs >= longestMs) continue;
      longestMs = untilMs;
      emptiest = players;
    }
    for (const stay of emptiest ?? []) this.#options.giveWay(stay, "address-rooms");
    return emptiest !== undefined;
  }

  #add(key: string, stay: Stay): Map<Session, Stay> {
    const stays = this.#stays.get(key) ?? new Map<Session, Stay>();
    stays.set(stay.session, stay);
    this.#stays.set(key, stays);
    this.#keys.set(stay.session, key);
    return stays;
  }

  #longestAway(stays: Iterable<Stay>): Stay | undefined {
    let longest: Stay | undefined;
    let longestMs = Number.POSITIVE_INFINITY;
    for (const stay of stays) {
      const untilMs = this.#awayUntilMs(stay.session);
      if (untilMs >= longestMs) continue;
      longestMs = untilMs;
      longest = stay;
    }
    return longest;
  }

  /** Infinite for who is there. */
  #awayUntilMs(session: Session): number {
    return this.#options.awayUntilMs(session) ?? Number.POSITIVE_INFINITY;
  }
}

/** Of rooms in which nobody else is, all who are; the default room is everybody's. */
function ownRooms(stays: Iterable<Stay>): Stay[][] {
  const byRoom = new Map<Room, Stay[]>();
  for (const stay of stays) {
    if (stay.room.name === ROOM_NAME_DEFAULT) continue;
    const players = byRoom.get(stay.room);
    if (players === undefined) byRoom.set(stay.room, [stay]);
    else players.push(stay);
  }
  return [...byRoom].flatMap(([room, players]) => (players.length === room.playerCount ? [players] : []));
}
