/**
 * What a frame of a full screen costs the page's own thread. Printed, not asserted: machines differ. Without a graphics
 * card the drawing itself runs on the same cores, so each frame is let finish, outside the time taken, before the next.
 */
import { expect, test } from "vitest";
import { keepShot } from "./pond-page.ts";
import { useStage } from "./stage.ts";

const TADPOLES = 1000;
/** A browser without a graphics card draws one or two such frames a second. */
const FRAMES = 30;
/** What a frame at 60 Hz leaves for drawing, with room for a phone four times slower than the machine that measures. */
const GOAL_MS = 4;

const stage = useStage();

test("a thousand tadpoles on the screen are drawn; the time that it takes is printed", async () => {
  const { page, complaints } = await stage.openPond({ name: "Ada" });
  const times = await page.evaluate(measureDraws, { count: TADPOLES, frames: FRAMES });
  await keepShot(page, "thousand-tadpoles");
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)].toFixed(2);
  console.log(
    `view.draw of ${TADPOLES} tadpoles: median ${at(0.5)} ms, 95 % ${at(0.95)} ms (goal ${GOAL_MS}, n ${times.length})`,
  );
  expect(times).toHaveLength(FRAMES);
  expect(complaints).toEqual([]);
});

/**
 * In the page: puts a replica with a thousand swimmers in the place of the session's, lets the page's own loop draw it
 * and times each draw.
 */
function measureDraws({ count, frames }: { count: number; frames: number }): Promise<number[]> {
  const { shoal } = window;
  if (shoal === undefined) throw new Error("no page");
  const { client, view, replica } = shoal;
  const own = replica.ownSlot;
  const slots = Math.max(count, own + 1);
  const middleX = replica.drawX[own];
  const middleY = replica.drawY[own];
  const drawX = new Float32Array(slots);
  const drawY = new Float32Array(slots);
  const drawHeading = new Float32Array(slots);
  const drawSpeed = new Float32Array(slots).fill(100);
  const entities = Array.from({ length: slots }, (_, slot) => {
    const look = { name: `Guest ${slot}`, colour: (slot * 9_999_991) % 0x1000000, gender: slot % 4 };
    // `kind` is how the page's handlers by case tell what an entity is.
    return { kind: "tadpole", tadpole: { look, lastWords: "" } };
  });
  const crowd = Object.assign(Object.create(replica), {
    slotCount: slots,
    visible: Int32Array.from({ length: slots }, (_, i) => i),
    visibleCount: slots,
    drawX,
    drawY,
    drawHeading,
    drawSpeed,
    entity: (slot: number) => entities[slot],
    entityId: (slot: number) => slot + 1,
    isVisible: () => true,
    slotOfId: (id: number) => id - 1,
    /** Everyone but the own tadpole swims a circle of its own within 270 x 180 units of the middle. */
    sample: (nowMs: number) => {
      for (let slot = 0; slot < slots; slot++) {
        const angle = nowMs / 1000 + slot;
        const isOwn = slot === own;
        drawX[slot] = middleX + (isOwn ? 0 : ((slot * 37) % 540) - 270 + 20 * Math.cos(angle));
        drawY[slot] = middleY + (isOwn ? 0 : ((slot * 91) % 360) - 180 + 20 * Math.sin(angle));
        drawHeading[slot] = (angle + Math.PI / 2) % (2 * Math.PI);
      }
    },
    /** The session's own replica goes on: without its acknowledgements the server would end the session. */
    apply: (...frame: Parameters<typeof replica.apply>) => replica.apply(...frame),
  });
  crowd.sample(performance.now());
  client.replica = crowd;
  const times: number[] = [];
  const draw = view.draw.bind(view);
  return new Promise((resolve, reject) => {
    let warmUp = 20; // Until everyone near has a name tag.
    const gl = document.querySelector("canvas")?.getContext("webgl2");
    const pixel = new Uint8Array(4);
    view.draw = (...parts) => {
      const startMs = performance.now();
      draw(...parts);
      if (parts[0] !== crowd) reject(new Error("a new session took the crowd's place"));
      const tookMs = performance.now() - startMs;
      gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      if (warmUp-- <= 0 && times.length < frames) times.push(tookMs);
      if (times.length === frames) resolve(times);
    };
  });
}
