/**
 * A network of its own for some clients: a network namespace joined to this machine by a veth pair, with small receive buffers, that can be
 * cut off without a word (packets are dropped, nobody gets a FIN). Needs root on Linux; everything goes when it is closed.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const IP = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"].find((path) => existsSync(path));
/** Of RFC 2544's range for tests between networks (198.18.0.0/15); another one for each process that makes some. */
const NETWORK = `198.18.${process.pid % 256}`;

export interface Namespace {
  /** This machine's address on the pair, for a server to listen on. */
  readonly host: string;
  /** In front of a command that shall run inside. */
  readonly wrapper: readonly string[];
  /** Drops whatever the inside sends and gets, without telling anybody; or no more. */
  cut(isCut: boolean): void;
  close(): void;
}

/** Why there can be none here, in words; undefined if there can. */
export function whyNoNamespace(): string | undefined {
  if (process.platform !== "linux" || IP === undefined) return "no network namespaces (needs Linux with ip)";
  if (process.getuid?.() !== 0) return "making a network namespace needs root";
  const name = `shoal-try-${process.pid}`;
  try {
    run("netns", "add", name);
    run("netns", "del", name);
    return undefined;
  } catch (error) {
    return `no network namespace: ${error instanceof Error ? error.message.split("\n")[0] : "refused"}`;
  }
}

/** `receiveBytes`: what a socket inside holds for its reader at most; undefined leaves the system's. */
export function openNamespace(receiveBytes?: number): Namespace {
  const name = `shoal-${process.pid}`;
  const outside = `shoal${process.pid % 100_000}o`;
  const inside = `shoal${process.pid % 100_000}i`;
  const close = (): void => {
    // Its end of the pair goes with it, and so does the other.
    for (const args of [
      ["link", "del", outside],
      ["netns", "del", name],
    ]) {
      try {
        run(...args);
      } catch {
        // It was not there.
      }
    }
  };
  close();
  try {
    run("netns", "add", name);
    run("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", name);
    run("addr", "add", `${NETWORK}.1/24`, "dev", outside);
    run("link", "set", outside, "up");
    run("-n", name, "addr", "add", `${NETWORK}.2/24`, "dev", inside);
    run("-n", name, "link", "set", inside, "up");
    run("-n", name, "link", "set", "lo", "up");
    if (receiveBytes !== undefined) {
      const sizes = `${receiveBytes} ${receiveBytes} ${receiveBytes}`;
      run("netns", "exec", name, "sh", "-c", `echo "${sizes}" > /proc/sys/net/ipv4/tcp_rmem`);
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    host: `${NETWORK}.1`,
    wrapper: [IP ?? "ip", "netns", "exec", name],
    cut(isCut) {
      // What comes in from the server is acknowledged by packets that go nowhere.
      run("-n", name, "route", isCut ? "add" : "del", "blackhole", `${NETWORK}.1/32`);
    },
    close,
  };
}

function run(...args: string[]): void {
  execFileSync(IP ?? "ip", args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
}
