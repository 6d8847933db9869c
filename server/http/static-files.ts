/**
 * The built page, read into memory once. Only paths that exist in it are ever served, compared as whole strings, so
 * there is no path to climb out of. Knows nothing of the game or of connections.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { HttpRequest, HttpResponse } from "../transport/engine.ts";
import { sendLengthOnly, statusLine } from "./answer.ts";

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json"],
  [".webmanifest", "application/manifest+json"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
  [".png", "image/png"],
  [".jpg", "image/jpeg"],
  [".webp", "image/webp"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
  [".mp3", "audio/mpeg"],
  [".wasm", "application/wasm"],
]);
const COMPRESSED_ALREADY: ReadonlySet<string> = new Set([".png", ".jpg", ".webp", ".woff2", ".mp3"]);

/** Vite puts the hash of the content into the names of everything below this. */
const HASHED_PREFIX = "/assets/";

/**
 * Nothing from elsewhere, no inline script or style, no eval, no frames. Pixi.js decodes images in blob: workers.
 * 'self' in connect-src covers ws: and wss: of the same host (CSP level 3).
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

interface StaticFile {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
  /** Null when compressing does not pay. */
  readonly gzip: Uint8Array | null;
}

/** By URL path; `/` is index.html. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** Reads a folder and those below it, without dotfiles. A folder that does not exist holds no files. */
export function readStaticFiles(dir: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  if (existsSync(dir)) readFolder(dir, "/", files);
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}

function readFolder(dir: string, urlPath: string, files: Map<string, StaticFile>): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) readFolder(path, `${urlPath}${entry.name}/`, files);
    else if (entry.isFile())
      files.set(urlPath + entry.name, staticFile(readFileSync(path), urlPath, extname(entry.name)));
  }
}

function staticFile(bytes: Uint8Array, folder: string, extension: string): StaticFile {
  const gzip = COMPRESSED_ALREADY.has(extension) ? null : gzipSync(bytes, { level: 9 });
  return {
    contentType: CONTENT_TYPES.get(extension) ?? "application/octet-stream",
    cacheControl: folder.startsWith(HASHED_PREFIX) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    bytes,
    gzip: gzip !== null && gzip.length < bytes.length ? gzip : null,
  };
}

/** Answers GET or HEAD for one file. */
export function sendStaticFile(res: HttpResponse, req: HttpRequest, file: StaticFile): void {
  const isHead = req.getMethod() === "head";
  const gzip = req.getHeader("accept-encoding").includes("gzip") ? file.gzip : null;
  const body = gzip ?? file.bytes;
  // The two encodings are different bytes and need different tags (RFC 9110 section 8.8.3).
  const etag = gzip === null ? file.etag : `${file.etag.slice(0, -1)}-gzip"`;
  const isUnchanged = req.getHeader("if-none-match") === etag;
  res.writeStatus(statusLine(isUnchanged ? 304 : 200));
  res.writeHeader("Content-Type", file.contentType);
  res.writeHeader("Cache-Control", file.cacheControl);
  res.writeHeader("ETag", etag);
  res.writeHeader("Vary", "Accept-Encoding");
  if (gzip !== null) res.writeHeader("Content-Encoding", "gzip");
  res.writeHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  res.writeHeader("X-Content-Type-Options", "nosniff");
  res.writeHeader("Referrer-Policy", "no-referrer");
  res.writeHeader("Cross-Origin-Opener-Policy", "same-origin");
  if (isUnchanged) res.endWithoutBody();
  else if (isHead) sendLengthOnly(res, body.length);
  else sendSlowly(res, body);
}

/** Writes as much as the kernel takes, and the rest when it drains: a slow reader costs no copy of the file. */
function sendSlowly(res: HttpResponse, body: Uint8Array): void {
  let isAborted = false;
  res.onAborted(() => {
    isAborted = true;
  });
  const [isWritten] = res.tryEnd(body, body.length);
  if (isWritten) return;
  res.onWritable((offset) => {
    if (isAborted) return true;
    const [isRestWritten] = res.tryEnd(body.subarray(offset), body.length);
    return isRestWritten;
  });
}
