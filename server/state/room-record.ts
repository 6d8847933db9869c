/**
 * What is kept of a room while it runs, as bytes: a checkpoint each second, and what came of client events in each tick since (state.proto). A
 * room that fails is rebuilt from it, and the disk gets copies. Knows nothing of files, and nothing of how ticks go.
 *
 * What was told to a player goes, by what is written, out with the next frame; where that turns out otherwise the batch of the next tick
 * says so, before that tick's frames. So whatever a client holds, it is known which events it has (SPEC S15).
 */
import { ByteWriter, writeNumber } from "../../proto/wire.ts";
import type { Session } from "../session/session.ts";
import type { World } from "../sim/world.ts";
import { EVENT_BYTES_MAX } from "../sync/frame-composer.ts";
import { beginNested, endNested, PlayerWriter, type SaveGame, writeBytes } from "./player-writer.ts";

// SavedRoom.
const FIELD_ROOM_NAME = 1;
const FIELD_ROOM_EPOCH = 2;
const FIELD_ROOM_TICK = 3;
const FIELD_ROOM_NEXT_ID = 4;
const FIELD_ROOM_PLAYERS = 5;
// JournalEntry.
export const FIELD_BATCHES = 6;
// JournalBatch.
const FIELD_BATCH_ROOM = 1;
const FIELD_BATCH_EPOCH = 2;
const FIELD_BATCH_TICK = 3;
const FIELD_BATCH_IS_OPENED = 4;
const FIELD_BATCH_PLAYERS = 5;
const FIELD_BATCH_LEFT = 6;
const FIELD_BATCH_ACTED = 7;
const FIELD_BATCH_TOLD = 8;
const FIELD_BATCH_QUEUES = 9;
const FIELD_BATCH_NEXT_ID = 10;
// SavedAct, SavedTelling and SavedQueue.
const FIELD_ID = 1;
const FIELD_LAST_EVENT = 2;
const FIELD_ACT_GAME = 3;
const FIELD_TELLING_EVENT = 1;
const FIELD_TELLING_TO = 2;
const FIELD_TELLING_ALL = 3;
const FIELD_GOING = 2;
const FIELD_WAITING = 3;

export interface RoomRecordOptions {
  readonly name: string;
  readonly epoch: number;
  readonly world: World;
  readonly saveGame: SaveGame;
  /** The player's newest session. */
  sessionIn(slot: number): Session | undefined;
}

export class RoomRecord {
  readonly #options: RoomRecordOptions;
  readonly #name: Uint8Array;
  readonly #players: PlayerWriter;
  /** A SavedRoom, and the one before it: while one is written the other one counts. */
  #checkpoint = new ByteWriter(256);
  #spare = new ByteWriter(256);
  /** `batches` fields of JournalEntry since the checkpoint. */
  readonly #batches = new ByteWriter(256);
  #newestStart = 0;
  /** Fields of the batch that is under way. */
  readonly #batch = new ByteWriter(256);
  /** What is being told to several, and where in the batch that began. */
  #event: Uint8Array = new Uint8Array(0);
  #telling = 0;
  /** This room has nothing to do with one of its name before. */
  #isOpened = true;
  readonly #changed: Session[] = [];
  readonly #acted: Session[] = [];
  /** Sessions for which events wait, and perhaps others. */
  readonly #queues: Session[] = [];

  constructor(options: RoomRecordOptions) {
    this.#options = options;
    this.#name = new TextEncoder().encode(options.name);
    this.#players = new PlayerWriter(options.world, options.saveGame);
  }

  /** The newest checkpoint, a SavedRoom; empty before the first. Valid until the next one. */
  get checkpoint(): Uint8Array {
    return this.#checkpoint.bytes.subarray(0, this.#checkpoint.length);
  }

  /** All batches since, as a JournalEntry. Valid until the next is closed. */
  get batches(): Uint8Array {
    return this.#batches.bytes.subarray(0, this.#batches.length);
  }

  /** Copies the batch closed last, if it was not empty, as a field of JournalEntry. */
  copyNewest(to: ByteWriter): void {
    to.copy(this.#batches.bytes, this.#newestStart, this.#batches.length);
  }

  /** The room goes on from what was saved under its name. */
  takeUp(): void {
    this.#isOpened = false;
  }

  /** The session is new, or its tokens are. */
  noteChange(session: Session): void {
    if (session.queue.isChanged) return;
    session.queue.isChanged = true;
    this.#changed.push(session);
  }

  /** Events of the session took effect. */
  noteActs(session: Session): void {
    if (session.queue.hasActed) return;
    session.queue.hasActed = true;
    this.#acted.push(session);
  }

  /** The player is about to be taken out of the world. */
  noteLeave(id: number): void {
    this.#batch.reserve(6);
    writeNumber(this.#batch, FIELD_BATCH_LEFT, id);
  }

  /** Queues an event for one session. */
  tell(session: Session, event: Uint8Array): void {
    this.beginTelling(event);
    this.tellTo(session);
    this.endTelling(false);
  }

  /** Begins to queue one event for several sessions: `tellTo` for each, then `endTelling`. */
  beginTelling(event: Uint8Array): void {
    this.#telling = beginNested(this.#batch, FIELD_BATCH_TOLD);
    writeBytes(this.#batch, FIELD_TELLING_EVENT, event);
    this.#event = event;
  }

  tellTo(session: Session): void {
    this.#batch.reserve(6);
    writeNumber(this.#batch, FIELD_TELLING_TO, this.#options.world.ids[session.slot]);
    this.tellOneOfAll(session);
  }

  /** As `tellTo`, but `endTelling` will say that everyone was told. */
  tellOneOfAll(session: Session): void {
    session.tell(this.#event);
    this.noteQueue(session);
  }

  endTelling(isToAll: boolean): void {
    if (isToAll) {
      this.#batch.reserve(2);
      writeNumber(this.#batch, FIELD_TELLING_ALL, 1);
    }
    endNested(this.#batch, this.#telling);
  }

  /** Events wait for the session. */
  noteQueue(session: Session): void {
    if (session.queue.isListed) return;
    session.queue.isListed = true;
    this.#queues.push(session);
  }

  /** Ends the batch of `tick`. Called when everything of the tick is done but its frames. */
  close(tick: number): void {
    this.#noteQueues();
    this.#writeActs();
    this.#writeChanges(tick);
    const to = this.#batches;
    this.#newestStart = to.length;
    if (this.#batch.length === 0) return;
    const { world, epoch } = this.#options;
    const start = beginNested(to, FIELD_BATCHES);
    writeBytes(to, FIELD_BATCH_ROOM, this.#name);
    to.reserve(32);
    writeNumber(to, FIELD_BATCH_EPOCH, epoch);
    writeNumber(to, FIELD_BATCH_TICK, tick);
    writeNumber(to, FIELD_BATCH_NEXT_ID, world.nextId);
    writeNumber(to, FIELD_BATCH_IS_OPENED, this.#isOpened ? 1 : 0);
    to.copy(this.#batch.bytes, 0, this.#batch.length);
    endNested(to, start);
    this.#batch.reset();
    this.#isOpened = false;
  }

  /** Writes everything down anew, after the tick's frames are out: what came before is in it. A throw leaves the last one as it was. */
  writeCheckpoint(tick: number): void {
    const to = this.#spare;
    const { world, epoch, sessionIn } = this.#options;
    to.reset();
    writeBytes(to, FIELD_ROOM_NAME, this.#name);
    to.reserve(32);
    writeNumber(to, FIELD_ROOM_EPOCH, epoch);
    writeNumber(to, FIELD_ROOM_TICK, tick);
    writeNumber(to, FIELD_ROOM_NEXT_ID, world.nextId);
    for (let i = 0; i < world.liveCount; i++) {
      const session = sessionIn(world.live[i]);
      if (session !== undefined) this.#players.write(to, FIELD_ROOM_PLAYERS, session, 0, tick);
    }
    this.#spare = this.#checkpoint;
    this.#checkpoint = to;
    this.#batches.reset();
    this.#newestStart = 0;
  }

  /** Says of each queue how much of it goes out with the coming frame, where that is not what is told anyway. */
  #noteQueues(): void {
    let kept = 0;
    for (const session of this.#queues) {
      const { queue, eventsOut } = session;
      const count = eventsOut.length;
      // Whoever is away holds no tick from now on: whatever the record says, nothing is lost.
      if (count === 0 || !session.connection.isOpen || !this.#isPresent(session)) {
        Object.assign(queue, { isListed: false, fresh: 0, going: 0, notedWaiting: -1 });
        continue;
      }
      this.#queues[kept++] = session;
      const going = session.isHidden ? 0 : fittingCount(eventsOut);
      const isForeseen = queue.fresh >= count && going === count;
      const isNoted = queue.fresh === 0 && going === 0 && queue.notedWaiting === count;
      queue.going = going;
      queue.fresh = 0;
      queue.notedWaiting = going === 0 ? count : -1;
      if (!isForeseen && !isNoted && !queue.isChanged) this.#writeQueue(session, going, count - going);
    }
    if (kept < this.#queues.length) this.#queues.length = kept;
  }

  #writeQueue(session: Session, going: number, waiting: number): void {
    const to = this.#batch;
    const start = beginNested(to, FIELD_BATCH_QUEUES);
    to.reserve(18);
    writeNumber(to, FIELD_ID, this.#options.world.ids[session.slot]);
    writeNumber(to, FIELD_GOING, going);
    writeNumber(to, FIELD_WAITING, waiting);
    endNested(to, start);
  }

  #writeActs(): void {
    const to = this.#batch;
    for (const session of this.#acted) {
      session.queue.hasActed = false;
      if (session.queue.isChanged || !this.#isPresent(session)) continue;
      const start = beginNested(to, FIELD_BATCH_ACTED);
      to.reserve(12);
      writeNumber(to, FIELD_ID, this.#options.world.ids[session.slot]);
      writeNumber(to, FIELD_LAST_EVENT, session.takenEvent);
      this.#players.writeGame(to, FIELD_ACT_GAME, session.slot);
      endNested(to, start);
    }
    if (this.#acted.length > 0) this.#acted.length = 0;
  }

  #writeChanges(tick: number): void {
    for (const session of this.#changed) {
      session.queue.isChanged = false;
      if (!this.#isPresent(session)) continue;
      this.#players.write(this.#batch, FIELD_BATCH_PLAYERS, session, session.queue.going, tick);
    }
    if (this.#changed.length > 0) this.#changed.length = 0;
  }

  #isPresent(session: Session): boolean {
    return this.#options.sessionIn(session.slot) === session;
  }
}

/** How many of the waiting events the next frame has room for: FrameComposer's rule. */
function fittingCount(events: readonly Uint8Array[]): number {
  let bytes = 0;
  let count = 0;
  for (const event of events) {
    bytes += event.length;
    if (count > 0 && bytes > EVENT_BYTES_MAX) break;
    count++;
  }
  return count;
}
