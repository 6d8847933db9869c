/** What the bots say when none of them is in: why, and what helps. Pure. */

export interface Outcome {
  readonly url: string;
  readonly room: string;
  /** Why a connection was lost last, in the client's words or the server's; "" if none was. */
  readonly lastLoss: string;
  /** Whether any server has said anything. */
  readonly isAnswered: boolean;
}

/** For whoever watches the bots' line: where nothing answers there is no pond to look into. */
export function whyNobodyJoined({ url, room, lastLoss, isAnswered }: Outcome): string {
  if (!isAnswered) return `nobody answers at ${url}; npm start first`;
  return `nobody could join ${room} at ${url}: ${lastLoss || "no place so far"}`;
}
