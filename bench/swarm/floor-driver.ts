/** The load on the floor server: sockets that count what comes. Its frames carry the tick where Shoal's do. */
import { seededRandom } from "../../proto/random.ts";
import type { CreateDriver, DriverOptions, LoadDriver, LoadProbe } from "./driver.ts";
import { LoadCount } from "./load-count.ts";
import { RawSocket } from "./raw-socket.ts";
import { everyInterval } from "./schedule.ts";

const JOINING_MAX = 100;
/** As large as a ClientFrame with an acknowledged tick and two inputs. */
const INPUT_BYTES = 27;

export const createFloorDriver: CreateDriver = (options) => new FloorDriver(options);

class FloorDriver implements LoadDriver {
  readonly #options: DriverOptions;
  readonly #count: LoadCount;
  readonly #sockets: RawSocket[] = [];
  #joined = 0;
  #stop: () => void = () => {};

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#count = new LoadCount(options.scenario.players);
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
          this.#count.bytes(wireBytes);
          if (!this.#count.frame(index)) return;
          const tick = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16);
          this.#count.arrival(tick, nowMs());
        },
        onClose: () => this.#count.lose(),
      }),
    );
  }

  startWindow(): void {
    this.#count.start();
  }

  endWindow(): LoadProbe {
    return this.#count.end();
  }

  close(): void {
    this.#stop();
    for (const socket of this.#sockets) socket.close();
  }
}
