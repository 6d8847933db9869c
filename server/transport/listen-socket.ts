/**
 * The port that clients come in by, and how many sockets it lets live. At the mark the port is closed, because a
 * process out of file descriptors spins at full load in `accept` (measured); newcomers are refused by the kernel until
 * enough have left. Knows nothing of what the sockets say.
 */
import type { Engine, EngineListenSocket, TemplatedApp } from "./engine.ts";
import { hostAndPort, LISTEN_SETTINGS, type ListenAddress, type ListenSettings } from "./listen-failure.ts";

/** Sockets that must leave before the port opens again, so that it does not flap. */
const REOPEN_MARGIN = 32;

/** The port cannot be had; `explainListenFailure` finds out why. */
export class ListenError extends Error {
  readonly address: ListenAddress;
  readonly settings: ListenSettings;

  constructor(address: ListenAddress, settings: ListenSettings = LISTEN_SETTINGS) {
    super(`cannot listen on ${hostAndPort(address)}`);
    this.name = "ListenError";
    this.address = address;
    this.settings = settings;
  }
}

/** The app's listen call with all four arguments; the package's types know three. */
interface ListenWithOptions {
  listen(host: string, port: number, options: number, onListen: (socket: EngineListenSocket | false) => void): unknown;
}

export class ListenSocket {
  readonly port: number;
  readonly #engine: Engine;
  readonly #app: TemplatedApp;
  readonly #host: string;
  readonly #socketsMax: number;
  #socket: EngineListenSocket | null;
  #sockets = 0;
  #isClosed = false;

  /** Throws ListenError when the port cannot be had. */
  constructor(engine: Engine, app: TemplatedApp, { host, port }: ListenAddress, socketsMax: number) {
    this.#engine = engine;
    this.#app = app;
    this.#host = host;
    this.#socketsMax = socketsMax;
    this.#socket = this.#listen(port);
    if (this.#socket === null) throw new ListenError({ host, port });
    this.port = engine.us_socket_local_port(this.#socket);
  }

  /** Sockets alive now. */
  get sockets(): number {
    return this.#sockets;
  }

  /** The port is closed until enough sockets have left. */
  get isFull(): boolean {
    return this.#socket === null && !this.#isClosed;
  }

  /** One more socket (1) or one less (-1). */
  count(change: number): void {
    this.#sockets += change;
    if (this.#socket !== null && this.#sockets >= this.#socketsMax) {
      this.#engine.us_listen_socket_close(this.#socket);
      this.#socket = null;
    } else this.reopen();
  }

  /** Opens the port again if it is closed and enough sockets have left. Called when one leaves, and now and then. */
  reopen(): void {
    if (this.#isClosed || this.#socket !== null) return;
    if (this.#sockets > Math.max(0, this.#socketsMax - REOPEN_MARGIN)) return;
    // It fails when another process has taken the port, and after port 0 until all sockets are gone: the engine sets
    // SO_REUSEADDR for a given port only.
    this.#socket = this.#listen(this.port);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#socket !== null) this.#engine.us_listen_socket_close(this.#socket);
    this.#socket = null;
  }

  #listen(port: number): EngineListenSocket | null {
    let opened: EngineListenSocket | null = null;
    const app = this.#app as unknown as ListenWithOptions;
    // Called before `listen` returns.
    app.listen(this.#host, port, this.#engine.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
      opened = socket === false ? null : socket;
    });
    return opened;
  }
}
