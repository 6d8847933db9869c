/**
 * How many messages a client may send, whichever way it is connected. Counted before decoding; a client that ticks at
 * 60 Hz stays at half. The burst is also the most that one read can make us handle (500 000 fit into 3 MB).
 */
export const MESSAGE_BURST = 200;
export const MESSAGES_PER_S = 120;
/**
 * How often a client may poll, whatever it brings: a request costs more than a message. One that takes each tick's frame by a poll of its
 * own asks no oftener than the world ticks, at most 60 times a second; what it has more after a stall is the burst's.
 */
export const POLL_BURST = 120;
export const POLLS_PER_S = 60;
