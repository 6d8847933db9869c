/**
 * Why an address cannot be listened on, in words for whoever started the server. The engine says only that it failed,
 * so Node is asked to listen there and names the cause.
 */
import { createServer } from "node:net";
import { type IpPrefix, isInPrefix, parseIpAddress } from "./ip-address.ts";

/** 0.0.0.0, as IPv6 has it. */
const EVERY_IPV4: IpPrefix = { address: [0, 0, 0, 0, 0, 0xffff, 0, 0], bits: 128 };

export interface ListenAddress {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** The environment variables that the address was made from. */
export interface ListenSettings {
  readonly host: string;
  readonly port: string;
}

/** Those of the game's port. */
export const LISTEN_SETTINGS: ListenSettings = { host: "HOST", port: "PORT" };

/** As a URL has it: `127.0.0.1:3000`, `[::1]:3000`. */
export function hostAndPort({ host, port }: ListenAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The address as this machine's own browser opens it: one that means every address is none to go to. */
export function openableAt({ host, port }: ListenAddress): string {
  const address = parseIpAddress(host);
  const isEvery = address !== undefined && (isInPrefix(address, EVERY_IPV4) || address.every((group) => group === 0));
  if (!isEvery) return hostAndPort({ host, port });
  return hostAndPort({ host: host.includes(":") ? "::1" : "127.0.0.1", port });
}

/** What failed, why, and which setting mends it. */
export async function explainListenFailure(address: ListenAddress, settings = LISTEN_SETTINGS): Promise<string> {
  return `cannot listen on ${hostAndPort(address)}: ${reasonFor(await tryToListen(address), address, settings)}`;
}

/** The error of a listening socket that Node opens for a moment; undefined if it works. */
function tryToListen(address: ListenAddress): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen(address, () => server.close(() => done(undefined)));
  });
}

function reasonFor(
  error: NodeJS.ErrnoException | undefined,
  { host, port }: ListenAddress,
  settings: ListenSettings,
): string {
  if (error?.syscall === "getaddrinfo") return `the host name ${host} is unknown here; set ${settings.host} to another`;
  switch (error?.code) {
    case "EADDRINUSE":
      return `another process has port ${port}; choose another, such as ${settings.port}=${port < 65_535 ? port + 1 : 3000}`;
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "EINVAL":
      return `${host} is no address of this machine; set ${settings.host} to one that is, or to 0.0.0.0 for all of IPv4`;
    case "EACCES":
      return `this user may not open port ${port}; choose another, such as ${settings.port}=3000`;
    case undefined:
      return "the reason has gone by now; try again";
    default:
      return `the system says ${error?.code}`;
  }
}
