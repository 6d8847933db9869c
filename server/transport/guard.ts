/**
 * The last net under everything that sockets call: a throw in a callback of the engine ends the process, so none may
 * get that far. It is logged as a bug and costs one connection. Knows nothing of sockets.
 */
import type { Connection, ConnectionHandler } from "./connection.ts";

/** Where bugs are told; pino's logger fits. */
export interface BugLog {
  error(fields: object, message: string): void;
}

/** RFC 6455 section 7.4.1: the server met an unexpected condition. */
const CODE_INTERNAL_ERROR = 1011;

/** The same handler, but a throw in it is logged and ends that connection. */
export function guardHandler(handler: ConnectionHandler, log: BugLog): ConnectionHandler {
  const endAsBug = (connection: Connection, where: string, error: unknown): void => {
    log.error({ err: error, connection: connection.id, where }, "bug: a connection handler threw");
    connection.close(CODE_INTERNAL_ERROR, "internal error");
  };
  return {
    onOpen(connection) {
      try {
        handler.onOpen(connection);
      } catch (error) {
        endAsBug(connection, "onOpen", error);
      }
    },
    onMessage(connection, bytes) {
      try {
        handler.onMessage(connection, bytes);
      } catch (error) {
        endAsBug(connection, "onMessage", error);
      }
    },
    onClose(connection, code) {
      try {
        handler.onClose(connection, code);
      } catch (error) {
        endAsBug(connection, "onClose", error);
      }
    },
  };
}

/** The same engine callback, but a throw is logged and then `onThrow`, with the callback's arguments, ends what threw. */
export function guardCallback<Args extends unknown[]>(
  log: BugLog,
  where: string,
  callback: (...args: Args) => void,
  onThrow: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      log.error({ err: error, where }, "bug: a transport callback threw");
      try {
        onThrow(...args);
      } catch {
        // It had ended already.
      }
    }
  };
}
