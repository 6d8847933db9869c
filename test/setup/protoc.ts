/**
 * Decodes messages with a protobuf implementation that is not ours: protoc where it is installed or can be, else buf.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { installDebianPackage } from "./debian.ts";

const root = join(import.meta.dirname, "../..");
const BUF = join(root, "node_modules/@bufbuild/buf/bin/buf");

export interface ForeignDecoder {
  readonly name: "protoc" | "buf";
  /**
   * The message as text: protobuf's text format from protoc, JSON from buf; both name every field.
   * `type` is a message of frame.proto such as "ServerFrame". Throws when the bytes are no such message.
   */
  decode(type: string, bytes: Uint8Array): string;
}

/** protoc if it is here or can be installed (Debian as root), else buf, which npm install has brought. */
export function provideForeignDecoder(): ForeignDecoder {
  if (!hasProtoc()) {
    console.log("no protoc found");
    installDebianPackage("protobuf-compiler");
  }
  return hasProtoc() ? protoc : buf;
}

function hasProtoc(): boolean {
  return spawnSync("protoc", ["--version"]).status === 0;
}

const protoc: ForeignDecoder = {
  name: "protoc",
  decode(type, bytes) {
    const args = [`--proto_path=${join(root, "proto")}`, `--decode=shoal.${type}`, "frame.proto"];
    return execFileSync("protoc", args, { input: bytes, encoding: "utf8", stdio: "pipe" });
  },
};

const buf: ForeignDecoder = {
  name: "buf",
  decode(type, bytes) {
    const args = [BUF, "convert", "proto", `--type=shoal.${type}`, "--from=-#format=binpb", "--to=-#format=json"];
    return execFileSync(process.execPath, args, { cwd: root, input: bytes, encoding: "utf8", stdio: "pipe" });
  },
};
