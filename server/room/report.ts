/**
 * What a player tells the operators about another: the game says what was seen and heard, the room adds who the two are.
 * Plain data, fit for JSON. Knows nothing of where reports are kept.
 */

/** A line that the reporter was told, as the game keeps it. */
export interface ReportedLine {
  /** How long before the report, ms. */
  readonly agoMs: number;
  readonly fromId: number;
  readonly fromName: string;
  /** Who was meant to hear it: the game's word. */
  readonly scope: string;
  readonly text: string;
}

/** The game's part. */
export interface PlayerReport {
  readonly byName: string;
  readonly aboutId: number;
  readonly aboutName: string;
  /** Undefined: the player has left. */
  readonly aboutSlot: number | undefined;
  /** What happened, in the reporter's words; may be empty. */
  readonly words: string;
  /** Oldest first. */
  readonly lines: readonly ReportedLine[];
}

/** A player as operators name one. */
export interface ReportedPlayer {
  /** Room and the entity's number for life: `pond/17`. */
  readonly session: string;
  readonly name: string;
  /** Undefined for guests, and for players who have left. */
  readonly account: string | undefined;
  /** Undefined for players who have left. */
  readonly address: string | undefined;
}

/** A report with all that this process knows of it. */
export interface RoomReport {
  readonly room: string;
  readonly by: ReportedPlayer;
  readonly about: ReportedPlayer;
  readonly words: string;
  readonly lines: readonly ReportedLine[];
}
