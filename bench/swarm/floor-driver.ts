/** The load on the floor server: sockets that count what comes. Its frames carry the tick where Shoal's do. */
import { seededRandom } from "../../proto/random.ts";
import { choosePlayers } from "./chosen-players.ts";
import { type CreateDriver, type DriverOptions, type LoadDriver, type LoadProbe, TIMED_MAX } from "./driver.ts";
import { RawSocket } from "./raw-socket.ts";
import { everyInterval } from "./schedule.ts";

const JOINING_MAX = 100;
/** As large as a ClientFrame with an acknowledged tick and two inputs. */
const INPUT_BYTES = 27;

export const createFloorDriver: CreateDriver = (options) => new FloorDriver(options);

class FloorDriver implements LoadDriver {
  readonly #options: DriverOptions;
  readonly #timed: ReadonlySet<number>;
  readonly #sockets: RawSocket[] = [];
  #joined = 0;
  #frames = 0;
  #wireBytes = 0;
  #isCounting = false;
  #lost = 0;
  #arrivals: number[] = [];
  #stop: () => void = () => {};

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#timed = choosePlayers(options.scenario.players, TIMED_MAX);
  }

  connect(): Promise<void> {
    const { scenario, nowMs } = this.#options;
    const { players, inputsPerSecond, seed } = scenario;
    return new Promise((resolve) => {
      const allIn = () => {
        const input = new Uint8Array(INPUT_BYTES);
        // Without inputs clients still acknowledge about once a second.
        const perSecond = inputsPerSecond > 0 ? inputsPerSecond : 1.25;
        this.#stop = everyInterval({
          players,
          intervalMs: 1000 / perSecond,
          nowMs,
          random: seededRandom(seed),
          act: (player) => this.#sockets[player].send(input),
        });
        resolve();
      };
      for (let i = 0; i < Math.min(JOINING_MAX, players); i++) this.#join(allIn);
    });
  }

  #join(allIn: () => void): void {
    const { port, scenario, nowMs } = this.#options;
    const index = this.#sockets.length;
    this.#sockets.push(
      new RawSocket({
        port,
        path: "/ws",
        onOpen: () => {
          this.#joined++;
          if (this.#sockets.length < scenario.players) this.#join(allIn);
          else if (this.#joined === scenario.players) allIn();
        },
        onMessage: (bytes, start, _end, wireBytes) => {
          if (!this.#isCounting) return;
          this.#frames++;
          this.#wireBytes += wireBytes;
          if (!this.#timed.has(index)) return;
          const tick = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16);
          this.#arrivals.push(tick, nowMs());
        },
        onClose: () => {
          if (this.#isCounting) this.#lost++;
        },
      }),
    );
  }

  startWindow(): void {
    this.#frames = 0;
    this.#wireBytes = 0;
    this.#lost = 0;
    this.#arrivals = [];
    this.#isCounting = true;
  }

  endWindow(): LoadProbe {
    this.#isCounting = false;
    return {
      framesReceived: this.#frames,
      wireBytes: this.#wireBytes,
      visibleMean: 0,
      deliveredMean: 0,
      framesDecoded: 0,
      errors: [],
      arrivals: this.#arrivals,
      inputToVisibleMs: [],
      joinMs: [],
      lost: this.#lost,
    };
  }

  close(): void {
    this.#stop();
    for (const socket of this.#sockets) socket.close();
  }
}
