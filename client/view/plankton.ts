/**
 * What drifts in the water: 150 motes between and behind the tadpoles. Their parallax is what makes a swim through
 * empty water felt. The shader moves and wraps them; nothing is written after the start.
 */
import { Geometry, GlProgram, Mesh, Shader } from "pixi.js";
import { SCENE_GLSL, type SceneUniforms } from "./scene-uniforms.ts";

const MOTES = 150;

const VERTEX = `#version 300 es
in vec2 aCorner;
in vec4 aMote;       // place in the wrapped box, 0 to 1; depth, 0.3 far to 1.3 near; phase 0 to 1
out vec2 vCorner;
out float vStrength;
out float vSoft;
${SCENE_GLSL}
void main() {
  float depth = aMote.z;
  float turn = aMote.w * 6.2831853;
  // One box wraps around the largest screen; a mote slides against the camera by its depth.
  vec2 box = uExtent + 40.0;
  vec2 drift = vec2(cos(turn), sin(turn)) * uTime * (0.8 + depth) + sin(uTime * 0.4 + turn * 3.0) * 3.0;
  vec2 place = mod(aMote.xy * box + drift - uCamera * depth, box) - box * 0.5;
  // Those nearer than the tadpoles are out of focus: larger and fainter.
  float near = smoothstep(1.05, 1.3, depth);
  vSoft = 0.25 + 0.75 * near;
  float radius = 1.2 * depth * (1.3 + 4.0 * near);
  float twinkle = 0.75 + 0.25 * sin(uTime * (0.5 + aMote.w) + turn * 5.0);
  vStrength = (0.1 + 0.8 * fract(aMote.w * 7.31)) * twinkle * mix(0.75, 0.16, near);
  // None on dry land.
  vec2 beyond = abs(uCamera + place - uWorld * 0.5) - uWorld * 0.5;
  vStrength *= smoothstep(24.0, 4.0, max(beyond.x, beyond.y));
  vCorner = aCorner;
  gl_Position = toClip(uCamera + place + aCorner * radius);
}
`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec2 vCorner;
in float vStrength;
in float vSoft;
out vec4 finalColour;
${SCENE_GLSL}
void main() {
  float glow = smoothstep(1.0, 1.0 - vSoft - 0.5, length(vCorner)) * vStrength;
  // Premultiplied with less alpha than colour: adds light and hides little.
  finalColour = vec4(mix(uLight, vec3(1.0), 0.45) * glow, glow * 0.3);
}
`;

export function createPlankton(scene: SceneUniforms, random: () => number): Mesh<Geometry, Shader> {
  const motes = new Float32Array(MOTES * 4);
  for (let at = 0; at < motes.length; at += 4) {
    motes[at] = random();
    motes[at + 1] = random();
    motes[at + 2] = 0.3 + random();
    motes[at + 3] = random();
  }
  const geometry = new Geometry({
    attributes: {
      aCorner: { buffer: new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), format: "float32x2" },
      aMote: { buffer: motes, format: "float32x4", instance: true },
    },
    topology: "triangle-strip",
    instanceCount: MOTES,
  });
  const glProgram = GlProgram.from({ name: "plankton", vertex: VERTEX, fragment: FRAGMENT });
  return new Mesh({ geometry, shader: new Shader({ glProgram, resources: { scene: scene.group } }) });
}
