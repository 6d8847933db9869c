/**
 * F24: what is meant for one player reaches another. Every message asks for an echo of a number that is this player's alone, and every
 * player whispers to itself; half of them read by fits and starts, so that the server's buffers are in use.
 */
import { FrameParts } from "../../../client/sync/frame-parts.ts";
import { shoal } from "../../../proto/gen/shoal.js";
import { atLeast, exactly, told } from "../figure.ts";
import { Pipe } from "../pipe.ts";
import { msUntil, pause, type Row } from "../row.ts";

/** At most, unless the frames that are wanted have come. */
const SECONDS = 600;
const LOOK_MS = 500;
/** Twice the usual load: so the frames that are wanted come in four minutes. */
const LISTENERS_PER_BOT = 2;
const TICK_HZ = 60;
const SPEAK_MS = 200;
const WHISPER_EACH = 20;
/** So long of each turn those that read by fits and starts do not: frames are held back from 1.5 s on (SPEC L3). */
const DEAF_MS = 2500;
const DEAF_EVERY_MS = 4000;
const FRAMES_WANTED = 10_000_000;
const STAMP_FIRST = 100_000;

interface Listener {
  readonly stamp: number;
  readonly name: string;
  pipe: Pipe;
  hasWelcome: boolean;
  id: number;
  tick: number;
  frames: number;
  echoes: number;
  whispers: number;
  strays: number;
}

export const stray: Row = {
  id: "F24",
  title: "bytes meant for one player reach another, under backpressure",
  minutesMax: 15,
  control: { without: "ownBuffers", misses: ["strays:"] },
  async run(context) {
    const server = await context.server({ env: { TICK_HZ: String(TICK_HZ) } });
    const { rooms } = context.options;
    const count = context.options.bots * (context.isControl || context.isShort ? 1 : LISTENERS_PER_BOT);
    const listeners = Array.from({ length: count }, (_, i) => listen(server.ports.game, i, rooms));
    const sum = (field: "frames" | "echoes" | "whispers" | "strays") =>
      listeners.reduce((total, one) => total + one[field], 0);
    await pause(2000);
    const stop = act(listeners);
    const seconds = context.isControl ? 5 : context.seconds(SECONDS);
    context.say(`${count} players listen at ${TICK_HZ} Hz for at most ${seconds} s`);
    await msUntil(() => sum("frames") >= FRAMES_WANTED, seconds * 1000, LOOK_MS);
    stop();
    await pause(DEAF_MS + 200);
    const skipped = await server.metric("shoal_frames_skipped_total");
    for (const { pipe } of listeners) pipe.cut();
    return [
      exactly(0, "strays: echoes of others, whispers to others, frames that do not read", sum("strays")),
      atLeast(1, "frames held back from those who were behind (backpressure there was)", skipped),
      atLeast(1, "echoes checked", sum("echoes")),
      atLeast(1, "whispers checked", sum("whispers")),
      exactly(count, "players who listen", listeners.filter(({ hasWelcome }) => hasWelcome).length),
      context.isShort ? told("frames read", sum("frames")) : atLeast(FRAMES_WANTED, "frames read", sum("frames")),
    ];
  },
};

function listen(port: number, index: number, rooms: number): Listener {
  const name = `Own ${index}`;
  const parts = new FrameParts();
  const events = {
    onOpen: () => {
      const join = { look: { name, colour: index } };
      const hello = { room: `room-${index % rooms}`, join, view: { width: 900, height: 600 } };
      pipe.send(shoal.Hello.encode(hello).finish());
    },
    onMessage: (bytes: Uint8Array) => read(one, parts, bytes),
    onClose: () => {},
  };
  const from = `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  const pipe = new Pipe({ host: "127.0.0.1", port, from }, events);
  const counts = { frames: 0, echoes: 0, whispers: 0, strays: 0 };
  const one: Listener = { stamp: STAMP_FIRST + index, name, pipe, hasWelcome: false, id: 0, tick: 0, ...counts };
  return one;
}

function read(one: Listener, parts: FrameParts, bytes: Uint8Array): void {
  if (!one.hasWelcome) {
    one.hasWelcome = true;
    return;
  }
  one.frames++;
  try {
    parts.read(bytes);
    if (parts.tick <= one.tick) one.strays++;
    one.tick = parts.tick;
    if (parts.echo.end !== 0) {
      one.echoes++;
      if (shoal.Echo.decode(bytes.subarray(parts.echo.start, parts.echo.end)).stamp !== one.stamp) one.strays++;
    }
    for (let i = 0; i < parts.events.length; i += 2) {
      const { said } = shoal.ServerEvent.decode(bytes.subarray(parts.events[i], parts.events[i + 1]));
      if (said?.scope !== shoal.Scope.SCOPE_WHISPER) continue;
      one.whispers++;
      if (said.text !== `for ${one.name}`) one.strays++;
    }
    if (one.id !== 0) return;
    for (let i = 0; i < parts.entities.length; i += 2) {
      const { id, entity } = shoal.EntityRest.decode(bytes.subarray(parts.entities[i], parts.entities[i + 1]));
      if (entity?.tadpole?.look?.name === one.name) one.id = id;
    }
  } catch {
    one.strays++;
  }
}

/** Everybody speaks, and every other one reads by fits and starts; returns a way to stop. */
function act(listeners: readonly Listener[]): () => void {
  let turn = 0;
  const speaking = setInterval(() => {
    turn++;
    listeners.forEach(({ pipe, stamp, tick, id, name }, i) => {
      const events = (turn + i) % WHISPER_EACH === 0 && id > 0 ? [{ whisper: { toId: id, text: `for ${name}` } }] : [];
      const inputs = [{ steer: { heading: (turn * 997 + i * 4001) & 0xffff, swim: true } }];
      pipe.send(shoal.ClientFrame.encode({ ackTick: tick, inputTick: tick + 3, inputs, stamp, events }).finish());
    });
  }, SPEAK_MS);
  const deafening = setInterval(() => {
    listeners.forEach(({ pipe }, i) => void (i % 2 === 0 && pipe.allow(0)));
    setTimeout(() => {
      for (const { pipe } of listeners) pipe.allow(Number.POSITIVE_INFINITY);
    }, DEAF_MS);
  }, DEAF_EVERY_MS);
  return () => {
    clearInterval(speaking);
    clearInterval(deafening);
  };
}
