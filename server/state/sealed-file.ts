/**
 * What stands around the messages in the files of DATA_DIR, so that a file that was cut, changed or written by a later version is known for what it
 * is. Pure: bytes in, bytes out.
 *
 * A snapshot is a head (magic, version) and one sealed part; a journal a head and any number of them. A sealed part is the length and the CRC-32 of
 * what follows. Numbers are 32 bits, little-endian.
 */
import { crc32 } from "node:zlib";

/** Raise when what older servers wrote is no longer read alike. */
export const STATE_VERSION = 1;
export const HEAD_BYTES = 12;
export const SEAL_BYTES = 8;

export type FileKind = "snapshot" | "journal";
const MAGIC: Readonly<Record<FileKind, string>> = { snapshot: "SHOALSNP", journal: "SHOALJNL" };

/** Why a file is not used, for the operator. */
export interface Unusable {
  readonly fault: string;
}

export function writeHead(kind: FileKind, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < 8; i++) bytes[i] = MAGIC[kind].charCodeAt(i);
  view.setUint32(8, STATE_VERSION, true);
}

/** Seals `bytes[at + SEAL_BYTES .. end)`: the seal goes to `at`. */
export function writeSeal(bytes: Uint8Array, at: number, end: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(at, end - at - SEAL_BYTES, true);
  view.setUint32(at + 4, crc32(bytes.subarray(at + SEAL_BYTES, end)), true);
}

/** The message in a snapshot. */
export function readSnapshot(bytes: Uint8Array): { readonly message: Uint8Array } | Unusable {
  const fault = faultOfHead("snapshot", bytes);
  if (fault !== undefined) return { fault };
  const message = sealedPart(bytes, HEAD_BYTES);
  if (message === undefined) return { fault: "it is cut short or damaged" };
  if (HEAD_BYTES + SEAL_BYTES + message.length !== bytes.length) return { fault: "it is longer than it says" };
  return { message };
}

/** The messages in a journal up to the first that is not whole. `isWhole`: that is all of them. */
export function readJournal(
  bytes: Uint8Array,
): { readonly messages: Uint8Array[]; readonly isWhole: boolean } | Unusable {
  const fault = faultOfHead("journal", bytes);
  if (fault !== undefined) return { fault };
  const messages: Uint8Array[] = [];
  let at = HEAD_BYTES;
  while (at < bytes.length) {
    const message = sealedPart(bytes, at);
    if (message === undefined) return { messages, isWhole: false };
    messages.push(message);
    at += SEAL_BYTES + message.length;
  }
  return { messages, isWhole: true };
}

function faultOfHead(kind: FileKind, bytes: Uint8Array): string | undefined {
  if (bytes.length < HEAD_BYTES) return "it is cut short";
  for (let i = 0; i < 8; i++) if (bytes[i] !== MAGIC[kind].charCodeAt(i)) return `it is no ${kind} of Shoal`;
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (version > STATE_VERSION)
    return `it was written by a later version of Shoal (format ${version}, known is ${STATE_VERSION})`;
  return version === 0 ? "it is damaged" : undefined;
}

function sealedPart(bytes: Uint8Array, at: number): Uint8Array | undefined {
  if (at + SEAL_BYTES > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = at + SEAL_BYTES;
  const end = start + view.getUint32(at, true);
  if (end > bytes.length) return undefined;
  const part = bytes.subarray(start, end);
  return crc32(part) === view.getUint32(at + 4, true) ? part : undefined;
}
