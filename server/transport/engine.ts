/**
 * The socket engine's border: the only file that imports uWebSockets.js. The engine is native code, so before it is
 * loaded its binary must be the very file that was reviewed: right platform, right SHA-256 (threat T20).
 * Knows nothing of what Shoal does with sockets.
 */

import type {
  HttpRequest,
  HttpResponse,
  TemplatedApp,
  us_listen_socket,
  WebSocket,
  WebSocketBehavior,
} from "uWebSockets.js";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type { HttpRequest, HttpResponse, TemplatedApp, WebSocket, WebSocketBehavior };
export type EngineListenSocket = us_listen_socket;

/** What Shoal uses of the engine. */
export interface Engine {
  App(): TemplatedApp;
  us_listen_socket_close(socket: EngineListenSocket): void;
  us_socket_local_port(socket: EngineListenSocket): number;
  DISABLED: number;
  /** Without it two processes may share a port on Linux, and each gets some of the clients. */
  LIBUS_LISTEN_EXCLUSIVE_PORT: number;
}

/** Which binary is wanted; `abi` is `process.versions.modules`, 127 for every Node 22. */
export interface EngineTarget {
  readonly platform: string;
  readonly arch: string;
  readonly abi: string;
}

/** SHA-256 of the binaries in uws-pack 20.0.8. After an upgrade: review, then `sha256sum dist/bin/*_127.node`. */
const BINARY_SHA256: ReadonlyMap<string, string> = new Map([
  ["uws_linux_x64_127.node", "8cabc918bbf9a07323e54f89a33882491080b2eb35df0607f473ccdb1f3c31af"],
  ["uws_linux_arm64_127.node", "d4c4f8b2c28c5f6544b49e36d91b0beee238a5b90a07904a947f77061c8b814d"],
  ["uws_linux_arm_127.node", "0e1d4024b629a1fe17ec76cde8fe7e320101eb8bdcf7b2c4086933932e3cea23"],
  ["uws_darwin_x64_127.node", "afd992dc1ca1e33cdc7ce0c72a60baf236e590a257fcecbbbce7bc1a35451387"],
  ["uws_darwin_arm64_127.node", "abbeea53d48e21c01808203e9f9835728f2cea720d2e5b154837ee3045b513be"],
  ["uws_win32_x64_127.node", "585d6ee2dbfc750b1d5a59e6ceaef8a977e90ef3e298a82821d58b41cd72a8c0"],
]);

/**
 * What the close callback gets as message, with code 1006, when the engine cut a connection off for what came in. Its
 * other messages with 1006 tell of lines that went.
 */
export const ENGINE_TOO_BIG = "Received too big message";
export const ENGINE_BAD_FRAME = "Received invalid WebSocket frame";
export const ENGINE_BAD_TEXT = "Received invalid UTF-8";
export const ENGINE_BAD_CLOSE = "Received invalid close payload";

/** Something about the installation; the message says what is wrong and what to do, no stack needed. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** Checks the binary for this process, then loads the engine. Throws EngineError with plain words. */
export async function loadEngine(): Promise<Engine> {
  verifyBinary({ platform: process.platform, arch: process.arch, abi: process.versions.modules }, readInstalledBinary);
  try {
    // A checked border: the package's types leave out the listen flag that its module exports.
    return (await import("uWebSockets.js")) as unknown as Engine;
  } catch (error) {
    throw new EngineError(
      `uWebSockets.js could not be loaded (${String(error).split("\n")[0]}). Its binaries need a Linux with glibc ` +
        "(Debian, Ubuntu, Fedora; not Alpine), macOS or Windows.",
      { cause: error },
    );
  }
}

/** Throws EngineError unless `read` gives the reviewed binary for `target`. `read` throws when there is no such file. */
export function verifyBinary(target: EngineTarget, read: (file: string) => Uint8Array): void {
  if (target.abi !== "127") {
    throw new EngineError(
      `Shoal runs on Node 22 (ABI 127); this Node has ABI ${target.abi}. Start it with \`npm start\`, which uses ` +
        "the Node 22 that `npm install` put into node_modules/.bin.",
    );
  }
  const file = `uws_${target.platform}_${target.arch}_${target.abi}.node`;
  const expected = BINARY_SHA256.get(file);
  if (expected === undefined) {
    throw new EngineError(
      `uWebSockets.js has no binary for ${target.platform} on ${target.arch}. It has: Linux on x64, arm64 and arm, ` +
        "macOS on x64 and arm64, Windows on x64.",
    );
  }
  if (sha256(readOrExplain(file, read)) !== expected) {
    throw new EngineError(
      `${file} in node_modules/uWebSockets.js is not the file that Shoal was made with (its SHA-256 differs). ` +
        "Do not run it. Delete node_modules, run `npm install`; if this comes again, the package was tampered with.",
    );
  }
}

function readOrExplain(file: string, read: (file: string) => Uint8Array): Uint8Array {
  try {
    return read(file);
  } catch (error) {
    throw new EngineError(`${file} of uWebSockets.js is missing or unreadable. Run \`npm install\`.`, { cause: error });
  }
}

function readInstalledBinary(file: string): Uint8Array {
  return readFileSync(fileURLToPath(new URL(`bin/${file}`, import.meta.resolve("uWebSockets.js"))));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
