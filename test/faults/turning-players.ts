/**
 * Players who turn and turn, always the same way: whoever goes on with a state that is older than what they were told shows them turned
 * back. Each is a client on a line of its own, without prediction.
 */
import { FrameParts } from "../../client/sync/frame-parts.ts";
import { shoal } from "../../proto/gen/shoal.js";
import { HEADING_STEPS } from "../../proto/motion.ts";
import { attackerAddress } from "./attackers.ts";
import { Pipe } from "./pipe.ts";

/** Players come from where no attacker is. */
const FROM = 6000;
const SEND_MS = 50;
/** A fiftieth of a turn each time: a second of it is less than half a turn, so that the way back is the shorter one. */
const TURN_STEPS = Math.round(HEADING_STEPS / 50);

export class TurningPlayer {
  /** Where the newest frame that said so has it, heading steps; NaN before. */
  heading = Number.NaN;
  /** The Welcome said that the player goes on. */
  hasResumed = false;
  readonly #host: string;
  readonly #port: number;
  readonly #index: number;
  readonly #parts = new FrameParts();
  #token: Uint8Array = new Uint8Array(0);
  #wanted = 0;
  #pipe: Pipe | undefined;
  #sending: NodeJS.Timeout | undefined;

  constructor(host: string, port: number, index: number) {
    this.#host = host;
    this.#port = port;
    this.#index = index;
  }

  /** Comes, or comes back with the token that it has. Turns unless it comes back: then it only looks. */
  come(): void {
    const comesBack = this.#token.length > 0;
    this.heading = Number.NaN;
    let hasWelcome = false;
    const pipe = new Pipe(
      { host: this.#host, port: this.#port, from: attackerAddress(FROM + this.#index) },
      {
        onOpen: () => {
          const join = { look: { name: `Turner ${this.#index}`, colour: 1 } };
          pipe.send(shoal.Hello.encode({ room: "room-0", join, resumeToken: this.#token }).finish());
        },
        onMessage: (bytes) => {
          if (hasWelcome) return this.#take(bytes);
          hasWelcome = true;
          const welcome = shoal.Welcome.decode(bytes);
          this.hasResumed = welcome.resumed;
          this.#token = welcome.resumeToken;
          if (!comesBack) this.#sending = setInterval(() => this.#turn(), SEND_MS);
        },
        onClose: () => clearInterval(this.#sending),
      },
    );
    this.#pipe = pipe;
  }

  leave(): void {
    clearInterval(this.#sending);
    this.#pipe?.close();
  }

  #turn(): void {
    this.#wanted = (this.#wanted + TURN_STEPS) % HEADING_STEPS;
    // Meant for a tick that is over: taken with the next one, whose frame then tells the own motion to the last bit (SPEC I5).
    const inputs = [{ steer: { heading: this.#wanted, swim: false } }];
    this.#pipe?.send(shoal.ClientFrame.encode({ ackTick: this.#parts.tick, inputTick: 1, inputs }).finish());
  }

  #take(bytes: Uint8Array): void {
    this.#parts.read(bytes);
    const { start, end } = this.#parts.own;
    if (end > start) this.heading = shoal.OwnMotion.decode(bytes.subarray(start, end)).heading;
  }
}

/** By how much it was turned on, the short way round; below 0: back. */
export function turnedSteps(from: number, to: number): number {
  return ((((to - from) % HEADING_STEPS) + 1.5 * HEADING_STEPS) % HEADING_STEPS) - HEADING_STEPS / 2;
}
