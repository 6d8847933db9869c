/** Events that wait and events that were sent: what is remembered until the server keeps it. */
import { expect, test } from "vitest";
import { EventQueue } from "../../client/sync/event-queue.ts";

function queueOf(count: number): EventQueue {
  const queue = new EventQueue();
  queue.restart(4096);
  for (let i = 0; i < count; i++) queue.add({ say: { text: `${i}` } });
  return queue;
}

test("S17 what was sent is remembered until it is acknowledged", () => {
  const queue = queueOf(3);
  expect(queue.lastNumber).toBe(3);
  queue.take();
  expect(queue.unacknowledgedCount).toBe(3);
  queue.acknowledge(2);
  expect(queue.unacknowledgedCount).toBe(1);
  queue.acknowledge(0);
  queue.acknowledge(3);
  expect(queue.unacknowledgedCount).toBe(0);
});

test("S16 S17 a resume sends again what the server has not had, and still remembers the rest: a server may lose what it had", () => {
  const queue = queueOf(3);
  queue.take();
  queue.resume(2, 4096);
  expect(queue.take()).toMatchObject({ firstEvent: 3 });
  expect(queue.unacknowledgedCount).toBe(3);
  // The next life of the server has had less.
  queue.resume(1, 4096);
  expect(queue.take()).toMatchObject({ firstEvent: 2, events: [{ say: { text: "1" } }, { say: { text: "2" } }] });
  queue.acknowledge(3);
  queue.resume(3, 4096);
  expect(queue.isEmpty).toBe(true);
  expect(queue.unacknowledgedCount).toBe(0);
});

test("S17 a new session begins to count anew", () => {
  const queue = queueOf(2);
  queue.take();
  queue.restart(4096);
  expect(queue.unacknowledgedCount).toBe(0);
  queue.add({ say: { text: "x" } });
  expect(queue.take().firstEvent).toBe(1);
});
