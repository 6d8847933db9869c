/** How many sockets of the operators' port there are at once, in all and of one address. */
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { OperatorSockets } from "../../server/admin/operator-sockets.ts";

class FakeSocket extends EventEmitter {
  isCut = false;
  readonly remoteAddress: string | undefined;

  constructor(remoteAddress: string | undefined) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): this {
    this.isCut = true;
    return this;
  }
}

function startPort() {
  const port = new OperatorSockets();
  return (address: string | undefined) => {
    const socket = new FakeSocket(address);
    port.admit(socket);
    return socket;
  };
}

/** How many of so many newcomers are let in. */
function letIn(open: ReturnType<typeof startPort>, address: string | undefined, count = 30): number {
  return Array.from({ length: count }, () => open(address)).filter(({ isCut }) => !isCut).length;
}

test.each([
  ["an IPv4 address", "192.0.2.7", "192.0.2.8"],
  ["the same, as a dual-stack port tells it", "::ffff:192.0.2.7", "::ffff:192.0.2.8"],
  ["a /64", "2001:db8::7", "2001:db8:0:1::7"],
  ["a socket that is gone already", undefined, "192.0.2.8"],
])("A1 %s has 8 sockets, and others have theirs beside it", (_, address, other) => {
  const open = startPort();
  expect(letIn(open, address)).toBe(8);
  expect(letIn(open, other)).toBe(8);
  expect(letIn(open, address)).toBe(0);
});

test("A1 all addresses of a /64 have 8 together", () => {
  const open = startPort();
  const cut = Array.from({ length: 20 }, (_, i) => open(`2001:db8::${i + 1}`)).filter(({ isCut }) => isCut);
  expect(cut).toHaveLength(12);
});

test("A1 this machine has as many as there are, 24, and what closes makes room, once", () => {
  const open = startPort();
  const sockets = Array.from({ length: 24 }, () => open("127.0.0.1"));
  expect(sockets.some(({ isCut }) => isCut)).toBe(false);
  expect([letIn(open, "::1"), letIn(open, "192.0.2.7")]).toEqual([0, 0]);
  sockets[0].emit("close");
  sockets[0].emit("close");
  expect([letIn(open, "192.0.2.7"), letIn(open, "::1")]).toEqual([1, 0]);
});

test("A1 an address that opens sockets for each that is closed or cut off never has more than 8", () => {
  const open = startPort();
  let held: FakeSocket[] = [];
  for (let round = 0; round < 20; round++) {
    for (const socket of held) socket.emit("close");
    held = Array.from({ length: 24 }, () => open("192.0.2.7")).filter(({ isCut }) => !isCut);
    expect(held).toHaveLength(8);
    const healthCheck = open("127.0.0.1");
    expect(healthCheck.isCut).toBe(false);
    healthCheck.emit("close");
  }
});
