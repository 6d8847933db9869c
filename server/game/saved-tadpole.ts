/** What the pond keeps of a tadpole across a restart (game_state.proto), and back. Knows nothing of files. */
import { shoal as saved } from "../../proto/gen/state.js";
import { HEADING_STEPS } from "../../proto/motion.ts";
import { type ByteWriter, writeNumber } from "../../proto/wire.ts";
import type { GameHost } from "../room/game.ts";
import { CHAT, ChatQuota } from "./chat-quota.ts";
import { REPORT_QUOTA, type Swimmer } from "./client-events.ts";
import { HeardLines } from "./heard-lines.ts";
import type { CleanLook } from "./look.ts";

const FIELD_WANTED = 1;

/** All but `wanted`, which changes with every input: kept until an event changes it. */
export function encodeTadpole(swimmer: Swimmer): Uint8Array {
  const { look, wantedName, lastWords, lastWordsTick, quota, lookFreeTick, nextLook } = swimmer;
  const quotaFullTick = quota.fullAtTick;
  const tadpole = { ...look, wantedName, lastWords, lastWordsTick, quotaFullTick, lookFreeTick, nextLook };
  // Copied: protobufjs cuts its results from large slabs that one small result would keep alive.
  return new Uint8Array(saved.SavedTadpole.encode(tadpole).finish());
}

/** Writes a SavedTadpole: `wanted` and the rest as `encodeTadpole` made it. */
export function writeTadpole(to: ByteWriter, wanted: number, rest: Uint8Array): void {
  to.reserve(8 + rest.length);
  writeNumber(to, FIELD_WANTED, wanted);
  to.copy(rest, 0, rest.length);
}

/** The swimmer of these bytes; throws on bytes that are none. Texts were cleaned before they were saved. */
export function loadTadpole(bytes: Uint8Array, slot: number, host: GameHost): { wanted: number; swimmer: Swimmer } {
  const tadpole = saved.SavedTadpole.decode(bytes);
  if (tadpole.name === "") throw new RangeError("a tadpole without a name");
  const { wantedName, lastWords, lastWordsTick, quotaFullTick, lookFreeTick, nextLook } = tadpole;
  const swimmer = {
    slot,
    id: host.world.ids[slot],
    look: lookOf(tadpole),
    wantedName,
    lastWords,
    lastWordsTick,
    isAway: false,
    quota: new ChatQuota(host.tickHz, CHAT, quotaFullTick),
    lookFreeTick,
    // Reports tell of what is said from now on.
    reportQuota: new ChatQuota(host.tickHz, REPORT_QUOTA),
    heard: new HeardLines(),
    // Who comes back by a new connection brings it along.
    givenName: undefined,
    nextLook: nextLook ? lookOf(nextLook) : undefined,
    saved: undefined,
  };
  return { wanted: tadpole.wanted & (HEADING_STEPS - 1), swimmer };
}

function lookOf({ name, colour, gender }: saved.SavedLook.$Properties): CleanLook {
  return { name: name ?? "", colour: colour ?? 0, gender: gender ?? 0 };
}
