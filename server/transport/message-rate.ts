/**
 * How many messages a client may send, whichever way it is connected. Counted before decoding; a client that ticks at
 * 60 Hz stays at half. The burst is also the most that one read can make us handle (500 000 fit into 3 MB).
 */
export const MESSAGE_BURST = 200;
export const MESSAGES_PER_S = 120;
