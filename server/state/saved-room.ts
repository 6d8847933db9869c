/**
 * What is kept of a room, as values: read from the bytes of state.proto, brought up to date by journals. Where bytes come from is the
 * business of others. Everything here throws on bytes that no server writes; it runs when a server starts or a room has failed.
 */
import { shoal as saved } from "../../proto/gen/state.js";
import type { Identity } from "../room/game.ts";

/** Events told that are kept of one player: as many as a session holds, sent and waiting. */
const TOLD_MAX = 512;

export interface SavedPlayer {
  readonly slot: number;
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  readonly speed: number;
  readonly thrust: boolean;
  game: Uint8Array;
  readonly tokenHashes: readonly Uint8Array[];
  /** Undefined for a guest. */
  readonly identity: Identity | undefined;
  lastEvent: number;
  /** Numbers of events that must not be taken, as they made the room fail. In memory only. */
  badEvents?: readonly number[];
  /** Tick 0: it waits. */
  told: { tick: number; readonly event: Uint8Array }[];
}

export interface SavedRoom {
  readonly name: string;
  epoch: number;
  tick: number;
  /** All up to this tick was written down together; of later ticks there are batches, any number. */
  readonly checkpointTick: number;
  nextId: number;
  /** By id, in the world's order. */
  readonly players: Map<number, SavedPlayer>;
}

/** `bytes` are a SavedRoom. */
export function readRoom(bytes: Uint8Array): SavedRoom {
  return roomOf(saved.SavedRoom.decode(bytes));
}

export function roomOf({ name, epoch, tick, nextId, players }: saved.SavedRoom.$Properties): SavedRoom {
  const byId = new Map((players ?? []).map((player) => [player.id ?? 0, playerOf(player)]));
  return {
    name: name ?? "",
    epoch: epoch ?? 0,
    tick: tick ?? 0,
    checkpointTick: tick ?? 0,
    nextId: nextId ?? 1,
    players: byId,
  };
}

/**
 * The players of a room as they fit into one with so many slots: who has a slot that there is not gets the lowest free one, and of too many
 * those who came last stay out. In the same order.
 */
export function fittingPlayers({ players }: SavedRoom, slotCount: number): SavedPlayer[] {
  const all = [...players.values()];
  if (all.every(({ slot }) => slot < slotCount)) return all;
  const oldest = [...all].sort((a, b) => a.id - b.id).slice(0, slotCount);
  const staying = new Set(oldest);
  const taken = new Set(oldest.map(({ slot }) => slot));
  let free = 0;
  const nextFree = () => {
    while (taken.has(free)) free++;
    return free++;
  };
  return all
    .filter((player) => staying.has(player))
    .map((player) => (player.slot < slotCount ? player : { ...player, slot: nextFree() }));
}

/** The room after all batches of it; `entry` is a JournalEntry with nothing but those. */
export function applyBatches(room: SavedRoom | undefined, entry: Uint8Array): SavedRoom | undefined {
  return saved.JournalEntry.decode(entry).batches.reduce<SavedRoom | undefined>(applyBatch, room);
}

/**
 * The room after the batch; `room` is changed. Undefined stands for a room that there is not. A batch that the room has in it
 * already changes nothing.
 */
export function applyBatch(room: SavedRoom | undefined, batch: saved.JournalBatch.$Properties): SavedRoom | undefined {
  const tick = batch.tick ?? 0;
  const epoch = batch.epoch ?? 0;
  const isNew = batch.isOpened === true;
  // A room and one opened under its name later may have a batch of the same tick.
  const isKnown =
    room !== undefined && (isNew ? epoch <= room.epoch : epoch < room.epoch || tick <= room.checkpointTick);
  if (isKnown) return room;
  const present = isNew ? emptyRoom(batch.room ?? "") : room;
  if (present === undefined) return undefined;
  applyChanges(present, batch);
  present.epoch = epoch;
  present.tick = tick;
  present.nextId = Math.max(present.nextId, batch.nextId ?? 0);
  return present;
}

function emptyRoom(name: string): SavedRoom {
  return { name, epoch: 0, tick: 0, checkpointTick: 0, nextId: 1, players: new Map() };
}

function applyChanges({ players }: SavedRoom, batch: saved.JournalBatch.$Properties): void {
  const tick = batch.tick ?? 0;
  for (const id of batch.left ?? []) players.delete(id);
  for (const { id, lastEvent, game } of batch.acted ?? []) {
    const player = players.get(id ?? 0);
    if (player === undefined) continue;
    player.lastEvent = lastEvent ?? 0;
    player.game = game ?? new Uint8Array(0);
  }
  for (const { event, to, all } of batch.told ?? []) {
    const ids = all ? players.keys() : (to ?? []);
    for (const id of ids) tell(players.get(id), event ?? new Uint8Array(0), tick);
  }
  for (const player of batch.players ?? []) players.set(player.id ?? 0, playerOf(player));
  for (const { id, going, waiting } of batch.queues ?? []) {
    const told = players.get(id ?? 0)?.told ?? [];
    const firstWaiting = told.length - (waiting ?? 0);
    const firstGoing = firstWaiting - (going ?? 0);
    for (let i = Math.max(0, firstGoing); i < told.length; i++) told[i].tick = i < firstWaiting ? tick : 0;
  }
}

function tell(player: SavedPlayer | undefined, event: Uint8Array, tick: number): void {
  if (player === undefined) return;
  player.told.push({ tick, event });
  if (player.told.length > TOLD_MAX) player.told.shift();
}

function playerOf(player: saved.SavedPlayer.$Properties): SavedPlayer {
  return {
    slot: player.slot ?? 0,
    id: player.id ?? 0,
    x: player.x ?? 0,
    y: player.y ?? 0,
    heading: player.heading ?? 0,
    speed: player.speed ?? 0,
    thrust: player.thrust ?? false,
    game: player.game ?? new Uint8Array(0),
    tokenHashes: player.tokenHashes ?? [],
    identity: player.account ? { account: player.account, name: player.accountName || undefined } : undefined,
    lastEvent: player.lastEvent ?? 0,
    told: (player.told ?? []).map(({ tick, event }) => ({ tick: tick ?? 0, event: event ?? new Uint8Array(0) })),
  };
}
