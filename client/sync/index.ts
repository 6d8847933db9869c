/**
 * The client's half of sync: a connection that comes back by itself, and a replica of what the server lets this
 * client see. Runs in browsers and in Node: no DOM, no Pixi. The page, the bots and the tests all stand on this.
 */

export type { ConnectionState } from "./connection.ts";
export type { NetworkStats, PartBytes } from "./network-stats.ts";
export { NETWORK_BUSY, openPolling } from "./polling.ts";
export { Replica } from "./replica.ts";
export { type Seat, SyncClient, type SyncClientOptions } from "./sync-client.ts";
export type { Timers } from "./timers.ts";
export type { OpenTransport, Transport, TransportEvents } from "./transport.ts";
export { openWebSocket } from "./web-socket.ts";
