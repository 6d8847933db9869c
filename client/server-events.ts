/**
 * What the page does when the server tells it something: one handler for each case of ServerEvent. A case of game.proto
 * without a handler does not compile, and the error names it.
 */
import type { shoal } from "../proto/gen/shoal.js";

type ServerEventCase = NonNullable<shoal.ServerEvent["kind"]>;
export type ServerEventHandlers = {
  readonly [Case in ServerEventCase]: (event: NonNullable<shoal.ServerEvent.$Properties[Case]>) => void;
};

/** Hands the event to its handler. One of no known kind is a later server's, and there is nothing to do. */
export function handleServerEvent(handlers: ServerEventHandlers, event: shoal.ServerEvent): void {
  if (event.kind !== undefined) dispatch(handlers, event.kind, event);
}

function dispatch<Case extends ServerEventCase>(
  handlers: ServerEventHandlers,
  kind: Case,
  event: shoal.ServerEvent.$Properties,
): void {
  const payload = event[kind];
  if (payload) handlers[kind](payload);
}
