/** What a room does for its game (GameHost): the world, events to players, reports to operators. Knows nothing of ticks and frames. */
import { shoal } from "../../proto/gen/shoal.js";
import { seededRandom } from "../../proto/random.ts";
import type { Session } from "../session/session.ts";
import type { World } from "../sim/world.ts";
import type { RoomRecord } from "../state/room-record.ts";
import type { CellEncoder } from "../sync/cell-encoder.ts";
import type { CellGrid } from "../sync/cell-grid.ts";
import type { GameHost } from "./game.ts";
import type { PlayerReport, ReportedPlayer } from "./report.ts";
import type { RoomOptions, RoomTime } from "./room-options.ts";
import { encodeEvent, type SlotSessions, tellAll, tellEach } from "./telling.ts";

const { NoticeCode } = shoal;

export interface HostParts {
  options: RoomOptions;
  time: RoomTime;
  world: World;
  grid: CellGrid;
  encoder: CellEncoder;
  record: RoomRecord;
  sessions: SlotSessions;
  /** Rest fields of the entity are others than before. */
  restChanged(slot: number): void;
}

export function createGameHost({
  options,
  time,
  world,
  grid,
  encoder,
  record,
  sessions,
  restChanged,
}: HostParts): GameHost {
  const { name, tickHz, seed, counters } = options;

  const reported = (id: number, playerName: string, session: Session | undefined): ReportedPlayer => {
    const { identity, connection } = session ?? {};
    return { session: `${name}/${id}`, name: playerName, account: identity?.account, address: connection?.address };
  };
  const report = (slot: number, { byName, aboutId, aboutName, aboutSlot, words, lines }: PlayerReport): number => {
    const about = aboutSlot === undefined ? undefined : sessions[aboutSlot];
    const by = reported(world.ids[slot], byName, sessions[slot]);
    return options.onReport?.({ room: name, by, about: reported(aboutId, aboutName, about), words, lines }) ?? 0;
  };

  return {
    world,
    tickHz,
    // Between ticks and while inputs are taken, what happens belongs to the frame that comes next.
    get tick() {
      return time.tick;
    },
    random: seededRandom(seed),
    restChanged,
    moved: (slot) => {
      const session = sessions[slot];
      if (session !== undefined) session.isOwnDue = true;
    },
    tell: (slot, event) => {
      const code = event.notice?.code ?? NoticeCode.NOTICE_CODE_UNSPECIFIED;
      // All others say why an event had no effect.
      if (event.notice && code !== NoticeCode.NOTICE_CODE_REPORTED) counters.rejects.notice++;
      const session = sessions[slot];
      if (session !== undefined) record.tell(session, encodeEvent(event));
    },
    tellNearby: (slot, event, onTold) => {
      const cell = grid.cellOf(slot);
      const isMeant = (session: Session) => session.slot === slot || (cell >= 0 && session.viewer.sees(cell, encoder));
      tellEach(record, sessions, encodeEvent(event), isMeant, onTold);
    },
    tellAll: (event, onTold) => tellAll(record, sessions, encodeEvent(event), onTold),
    report,
  };
}
