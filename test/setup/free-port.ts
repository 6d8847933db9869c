/** Ports for servers that cannot take port 0: those that are to be found again, or that say nothing of their port. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port that was free a moment ago: one that a server opens again after closing it must be its operator's choice. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
