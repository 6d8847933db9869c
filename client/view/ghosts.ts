/**
 * Where the server has the tadpoles: a thin outline each, and a line to where the tadpole is shown. One mesh and one
 * draw call. Loaded with the overlay, not with the page.
 */
import { Buffer, BufferUsage, Geometry, GlProgram, Mesh, Shader } from "pixi.js";
import { headingRad, POSITION_STEPS } from "../../proto/motion.ts";
import type { Replica } from "../sync/index.ts";
import { SCENE_GLSL, type SceneUniforms } from "./scene-uniforms.ts";

/** More could not be told apart on any screen. */
const GHOSTS_MAX = 1024;
/** Words of one record: true x, y and heading, shown x and y. */
const WORDS = 5;

/** Each vertex: 0 outline or 1 line; along and across. */
const OUTLINE = [0, -1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1];
const LINE = [1, 0, -1, 1, 1, -1, 1, 0, 1, 1, 1, 1];

const VERTEX = `#version 300 es
in vec3 aVertex;
in vec3 aTruth;      // world position, heading
in vec2 aShown;      // world position
flat out float vKind;
out vec2 vSpot;      // outline: along the body and beside it, world units
${SCENE_GLSL}
void main() {
  vKind = aVertex.x;
  vec2 along = vec2(cos(aTruth.z), sin(aTruth.z));
  vec2 place = aTruth.xy;
  if (vKind == 0.0) {
    vSpot = vec2(mix(-28.0, 7.0, aVertex.y * 0.5 + 0.5), aVertex.z * 7.0);
    place += along * vSpot.x + vec2(-along.y, along.x) * vSpot.y;
  } else {
    vSpot = vec2(0.0);
    vec2 gap = aShown - aTruth.xy;
    float length = max(length(gap), 0.001);
    place += gap * aVertex.y + vec2(-gap.y, gap.x) / length * aVertex.z / uZoom;
  }
  gl_Position = toClip(place);
}
`;

const FRAGMENT = `#version 300 es
precision highp float;
flat in float vKind;
in vec2 vSpot;
out vec4 finalColour;
${SCENE_GLSL}
/** Distance to the outline of a head that narrows to a tail: https://iquilezles.org/articles/distfunctions2d, uneven capsule. */
float outline(vec2 p) {
  const float HEAD = 4.8;
  const float TIP = 0.8;
  const float TAIL = 25.0;
  const float FALL = (HEAD - TIP) / TAIL;
  float slope = sqrt(1.0 - FALL * FALL);
  float k = dot(p, vec2(-FALL, slope));
  if (k < 0.0) return length(p) - HEAD;
  if (k > slope * TAIL) return length(p - vec2(0.0, TAIL)) - TIP;
  return dot(p, vec2(slope, FALL)) - HEAD;
}

void main() {
  float halfWidth = 0.7 / uZoom;
  float away = abs(outline(vec2(abs(vSpot.y), -vSpot.x)));
  float alpha = vKind == 0.0 ? smoothstep(halfWidth + uPixel, halfWidth, away) : 0.85;
  finalColour = vec4(1.0, 0.82, 0.54, 1.0) * alpha;
}
`;

export class Ghosts {
  readonly container: Mesh<Geometry, Shader>;
  /** Ghosts drawn in the last frame. */
  count = 0;
  /** Of those, the largest distance to where the tadpole is shown, world units. */
  gapMax = 0;
  readonly #truth: () => Replica | undefined;
  readonly #records = new Float32Array(GHOSTS_MAX * WORDS);
  readonly #buffer: Buffer;

  /** `truth`: whose newest tick is the server's present, as far as anyone here can know it. */
  constructor(scene: SceneUniforms, truth: () => Replica | undefined) {
    this.#truth = truth;
    this.#buffer = new Buffer({
      data: this.#records,
      usage: BufferUsage.VERTEX | BufferUsage.COPY_DST,
      label: "ghosts",
    });
    const stride = WORDS * 4;
    const geometry = new Geometry({
      attributes: {
        aVertex: { buffer: new Float32Array([...OUTLINE, ...LINE]), format: "float32x3" },
        aTruth: { buffer: this.#buffer, format: "float32x3", stride, offset: 0, instance: true },
        aShown: { buffer: this.#buffer, format: "float32x2", stride, offset: 12, instance: true },
      },
      indexBuffer: new Uint16Array([0, 1, 2, 1, 3, 2, 4, 5, 6, 5, 7, 6]),
    });
    const glProgram = GlProgram.from({ name: "ghosts", vertex: VERTEX, fragment: FRAGMENT });
    this.container = new Mesh({ geometry, shader: new Shader({ glProgram, resources: { scene: scene.group } }) });
  }

  /** Once a frame, after `shown` was sampled. */
  update(shown: Replica): void {
    this.count = 0;
    this.gapMax = 0;
    const truth = this.#truth();
    const visible = truth === undefined ? 0 : Math.min(truth.visibleCount, GHOSTS_MAX);
    for (let i = 0; i < visible && truth !== undefined; i++) this.#record(truth, truth.visible[i], shown);
    this.container.visible = this.count > 0;
    this.container.geometry.instanceCount = this.count;
    if (this.count > 0) this.#buffer.update(this.count * WORDS * 4);
  }

  destroy(): void {
    const { geometry } = this.container;
    this.container.destroy();
    geometry.destroy(true);
  }

  #record(truth: Replica, slot: number, shown: Replica): void {
    const { motion } = truth;
    const at = this.count++ * WORDS;
    const records = this.#records;
    const x = motion.x[slot] / POSITION_STEPS;
    const y = motion.y[slot] / POSITION_STEPS;
    // After a new connection the slot may be somebody else's on one of the two sides.
    const isShown = shown.isVisible(slot) && shown.entityId(slot) === truth.entityId(slot);
    records[at] = x;
    records[at + 1] = y;
    records[at + 2] = headingRad(motion.heading[slot]);
    records[at + 3] = isShown ? shown.drawX[slot] : x;
    records[at + 4] = isShown ? shown.drawY[slot] : y;
    this.gapMax = Math.max(this.gapMax, Math.hypot(records[at + 3] - x, records[at + 4] - y));
  }
}
