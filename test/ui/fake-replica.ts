/** As much of a replica as names, lists and swimmers read: who is where, without a server. */
import type { Replica } from "../../client/sync/index.ts";
import { shoal } from "../../proto/gen/shoal.js";

export interface FakePlayer {
  readonly id: number;
  readonly name: string;
  readonly x?: number;
  readonly y?: number;
}

/** Slot 0 is the own tadpole, the others follow in order. */
export function fakeReplica(players: readonly FakePlayer[]): Replica {
  const slots = players.length;
  const fake: Pick<
    Replica,
    "ownSlot" | "slotCount" | "visible" | "visibleCount" | "drawX" | "drawY" | "drawHeading" | "drawSpeed"
  > &
    Pick<Replica, "entity" | "entityId"> & { readonly playback: Pick<Replica["playback"], "isStale"> } = {
    ownSlot: 0,
    slotCount: slots,
    visible: Int32Array.from(players.keys()),
    visibleCount: slots,
    drawX: Float32Array.from(players, ({ x }) => x ?? 0),
    drawY: Float32Array.from(players, ({ y }) => y ?? 0),
    drawHeading: new Float32Array(slots),
    drawSpeed: new Float32Array(slots),
    playback: { isStale: false },
    entity: (slot) => entityOf(players[slot]),
    entityId: (slot) => players[slot]?.id ?? 0,
  };
  // Only what is above is read; a field that is not fails loudly as undefined.
  return fake as Replica;
}

function entityOf(player: FakePlayer | undefined): ReturnType<Replica["entity"]> {
  if (player === undefined) return undefined;
  const look = { name: player.name, colour: 0xffffff };
  return shoal.Entity.decode(shoal.Entity.encode({ tadpole: { look } }).finish());
}
