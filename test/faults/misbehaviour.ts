/**
 * A game that can be told to misbehave, for faults that no client can cause: one who is in the room shouts what it shall do. Only servers of
 * these tests have it (`misbehaving-server.ts`).
 */
import { shoal } from "../../proto/gen/shoal.js";
import type { CreateGame, Game } from "../../server/room/game.ts";
import { frame, OPCODE_BINARY, OPCODE_CLOSE } from "../transport/raw-client.ts";
import { attackerAddress, joinAttacker } from "./attackers.ts";

/** Who shouts is no part of the load. */
const FROM = attackerAddress(9000);
const ROOM = "room-0";
const GOODBYE = frame(OPCODE_CLOSE, Buffer.from([0x03, 0xe8]));

/** The game's filter of words, which throws once when it is told to. */
export class FilterTrap {
  isSet = false;

  readonly filter = (text: string): string => {
    if (!this.isSet) return text;
    this.isSet = false;
    throw new Error("told to fail in the filter");
  };
}

/**
 * `!throw step|event|entity|filter` throws once there; `!slow MS FOR_MS` makes each step cost so much for so long; `!busy MS` lets
 * the whole process stand still.
 */
export function misbehaving(createGame: CreateGame, trap: FilterTrap, nowMs: () => number): CreateGame {
  return (host) => {
    const game = createGame(host);
    let slowMs = 0;
    let slowUntilMs = 0;
    let throwsIn = "";
    const stand = (ms: number) => {
      for (const untilMs = nowMs() + ms; nowMs() < untilMs; ) {
        // Busy, as a loop that somebody forgot to end.
      }
    };
    const failIn = (place: string) => {
      if (throwsIn !== place) return;
      throwsIn = "";
      throw new Error(`told to fail in ${place}`);
    };
    const obey = (text: string) => {
      const [order, first, second] = text.split(" ");
      if (order === "!busy") stand(Number(first));
      if (order === "!slow") [slowMs, slowUntilMs] = [Number(first), nowMs() + Number(second)];
      if (order === "!throw" && first === "filter") trap.isSet = true;
      else if (order === "!throw") throwsIn = first;
    };
    // Methods of the object itself go before those of its class, which keeps its private fields.
    const { step, event, entity } = game;
    const changed: Pick<Game, "step" | "event" | "entity"> = {
      step() {
        failIn("step");
        if (nowMs() < slowUntilMs) stand(slowMs);
        step.call(game);
        if (throwsIn === "entity") host.restChanged(host.world.live[0]);
      },
      event(slot, one) {
        obey(one.shout?.text ?? "");
        failIn("event");
        event.call(game, slot, one);
      },
      entity(slot) {
        failIn("entity");
        return entity.call(game, slot);
      },
    };
    return Object.assign(game, changed);
  };
}

/** Lets somebody into the first room who shouts this and leaves. */
export async function ask(port: number, text: string): Promise<void> {
  const client = await joinAttacker(port, FROM, ROOM);
  client.write(frame(OPCODE_BINARY, shoal.ClientFrame.encode({ events: [{ shout: { text } }], stamp: 1 }).finish()));
  await new Promise((done) => setTimeout(done, 60));
  client.write(GOODBYE);
  client.destroy();
}
