/**
 * How many messages a client may send, whichever way it is connected. Counted before decoding; a client that ticks at 60 Hz stays
 * at half of what it may a second.
 */
export const MESSAGE_BURST_MIN = 200;
export const MESSAGES_PER_S = 120;
/**
 * How often a client may poll, whatever it brings: a request costs more than a message. One that takes each tick's frame by a poll of its
 * own asks no oftener than the world ticks, at most 60 times a second; what it has more after a stall is the burst's.
 */
export const POLL_BURST = 120;
export const POLLS_PER_S = 60;

/** How long a client talks on to a server that stands still before it gives the connection up (SPEC S10), s. */
const STALL_S = 7;
/** What else it may have to say in that time: acknowledgements of what came before, chat, a view. */
const MESSAGES_BESIDE = 60;

/**
 * Messages at once. A player who steers says something in every tick, and all of it comes in one read when the server goes on: 200 at
 * 20 Hz. It is also the most that one read can make us handle (500 000 fit into 3 MB).
 */
export function messageBurst(tickHz: number): number {
  return Math.max(MESSAGE_BURST_MIN, STALL_S * tickHz + MESSAGES_BESIDE);
}
