/** The same onlookers over WebSocket: frames come by themselves. */
import { openWebSocket, type Transport } from "../../client/sync/index.ts";
import { Acknowledger, helloBytes, tickOf } from "./player.ts";

export interface PushOptions {
  url: string;
  room: string;
  view: { width: number; height: number };
  players: number;
}

export interface PushLoad {
  /** Connections that ended. */
  failures: number;
  close(): void;
}

/** Resolves when all connections are open. */
export async function startPush({ url, room, view, players }: PushOptions): Promise<PushLoad> {
  const transports: Transport[] = [];
  const load: PushLoad = {
    failures: 0,
    close: () => {
      for (const transport of transports) transport.close();
    },
  };
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const acks = new Acknowledger();
      const transport = openWebSocket(url, {
        onOpen: () => {
          transport.send(helloBytes(room, view));
          resolve();
        },
        onMessage: (bytes) => {
          acks.saw(tickOf(bytes));
          const ack = acks.due(performance.now());
          if (ack !== undefined) transport.send(ack);
        },
        onClose: (code, reason) => {
          load.failures++;
          reject(new Error(`closed with ${code} ${reason}`));
        },
      });
      transports.push(transport);
    });
  await Promise.all(Array.from({ length: players }, open));
  return load;
}
