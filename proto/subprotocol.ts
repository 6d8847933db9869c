/** The WebSocket subprotocol: how client and server find out, before the first byte, that they speak the same schema. */
import { FINGERPRINT } from "./gen/fingerprint.ts";

/** What every Shoal subprotocol starts with, whatever its schema. */
export const SUBPROTOCOL_PREFIX = "shoal.";
/** This build's own subprotocol. */
export const SUBPROTOCOL = SUBPROTOCOL_PREFIX + FINGERPRINT;
