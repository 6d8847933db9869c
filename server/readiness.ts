/**
 * Whether this server wants players at the moment, and if not, why: what a load balancer asks and an operator reads (SPEC O1). Knows
 * nothing of HTTP; each reason is set by the part that it is about.
 */

/**
 * Why a server is not ready.
 * - `draining`: it was asked to end.
 * - `full`: its port is closed because it has as many sockets as it may.
 * - `stalled`: it stood still and is not back on its schedule.
 */
export const UNREADY_REASONS = ["draining", "full", "stalled"] as const;
export type UnreadyReason = (typeof UNREADY_REASONS)[number];

export class Readiness {
  readonly #holds = new Map<UnreadyReason, () => boolean>();

  /** A reason holds, or holds no more. A function is asked each time that somebody wants to know. */
  set(reason: UnreadyReason, holds: boolean | (() => boolean)): void {
    this.#holds.set(reason, typeof holds === "function" ? holds : () => holds);
  }

  /** Why the server is not ready, those that last first; empty when it is. */
  get reasons(): UnreadyReason[] {
    return UNREADY_REASONS.filter((reason) => this.#holds.get(reason)?.() ?? false);
  }
}
