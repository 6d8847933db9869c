/**
 * How a tadpole is drawn from its record (`tadpole-instance.ts`): a strip along the spine that the fragment shader
 * cuts to shape, above a soft shadow and a glow. The outline is the original's: a head of radius 4 whose flanks run
 * into a tail of 15 joints, the first 5 behind the head, then 1.4 apart, half as wide as (4 - 1.8) * (15 - i) / 15.
 * Units are world units; `s` runs along the spine, 0 at the head's middle and negative down the tail.
 */

import { SCENE_GLSL } from "./scene-uniforms.ts";
import { JOINTS } from "./tadpole-instance.ts";

/** What a vertex belongs to. */
const SHADOW = 0;
const GLOW = 1;
const BODY = 2;
/** Rows of the strip: nose, flank, one for each joint, one beyond the tip. */
const ROWS = JOINTS + 3;

export const TADPOLE_VERTEX = `#version 300 es
in vec3 aVertex;     // kind, row (glow: -1 or 1), side
in vec4 aPlace;      // x, y, heading, opacity
in vec4 aJoints0;
in vec4 aJoints1;
in vec4 aJoints2;
in vec4 aJoints3;    // the last three joints, speed
in vec4 aColour;
in vec4 aStyle;      // bytes as 0 to 1: gender, own, individual, pointed at
out vec2 vSpot;      // strip: s and lateral; glow: -1 to 1 on both axes
flat out float vKind;
flat out float vGender;
flat out float vOwn;
flat out float vOne;
flat out float vPointed;
flat out vec4 vColour;
flat out float vSpeed;
${SCENE_GLSL}
const float GLOW_RADIUS = 17.0;

vec2 direction(float angle) {
  return vec2(cos(angle), sin(angle));
}

void main() {
  float joints[${JOINTS}] = float[](
    aJoints0.x, aJoints0.y, aJoints0.z, aJoints0.w, aJoints1.x, aJoints1.y, aJoints1.z, aJoints1.w,
    aJoints2.x, aJoints2.y, aJoints2.z, aJoints2.w, aJoints3.x, aJoints3.y, aJoints3.z);
  vKind = aVertex.x;
  vGender = floor(aStyle.x * 255.0 + 0.5);
  vOwn = floor(aStyle.y * 255.0 + 0.5);
  vOne = aStyle.z;
  vPointed = aStyle.w;
  vSpeed = aJoints3.w;
  // Dark players still have to be seen against dark water.
  float lacking = max(0.42 - dot(aColour.rgb, vec3(0.3, 0.59, 0.11)), 0.0);
  vColour = vec4(aColour.rgb + (1.0 - aColour.rgb) * lacking, aPlace.w);

  vec2 forward = direction(aPlace.z);
  if (vKind == ${GLOW}.0) {
    vSpot = aVertex.yz;
    gl_Position = toClip(aPlace.xy + aVertex.yz * GLOW_RADIUS);
    return;
  }
  float row = aVertex.y;
  float s;
  vec2 spine = aPlace.xy;
  vec2 along = forward;
  float reach = 5.4;
  if (row < 2.0) {
    s = row < 1.0 ? 5.6 : -2.35;
    spine += forward * s;
  } else {
    int last = int(row) - 2;
    s = -5.0;
    for (int i = 0; i < ${JOINTS}; i++) {
      if (i > last) break;
      along = direction(joints[i]);
      float step = i == 0 ? 5.0 : 1.4;
      spine -= along * step;
      s = -5.0 - 1.4 * float(i);
    }
    if (last == ${JOINTS}) {
      spine -= along * 2.2;
      s -= 2.2;
    }
    reach = mix(5.2, 2.8, (-5.0 - s) / 22.0);
  }
  float lateral = reach * aVertex.z;
  vec2 world = spine + vec2(-along.y, along.x) * lateral;
  // The shadow falls away from the light, on ground that is not far below.
  if (vKind == ${SHADOW}.0) world += vec2(1.6, 4.2);
  vSpot = vec2(s, lateral);
  gl_Position = toClip(world);
}
`;

export const TADPOLE_FRAGMENT = `#version 300 es
precision highp float;
in vec2 vSpot;
flat in float vKind;
flat in float vGender;
flat in float vOwn;
flat in float vOne;
flat in float vPointed;
flat in vec4 vColour;
flat in float vSpeed;
out vec4 finalColour;
${SCENE_GLSL}
/** Half of the body's width. */
float halfWidth(float s) {
  if (s > -2.35) return sqrt(max(16.0 - s * s, 0.01));
  return s > -5.0 ? mix(2.2, 3.24, (s + 5.0) / 2.65) : max(2.2 * (15.0 + (s + 5.0) / 1.4) / 15.0, 0.01);
}

/** Distance to the outline, negative inside. */
float outline(float s, float side) {
  return s > -2.35 ? length(vec2(s, side)) - 4.0 : side - halfWidth(s);
}

/** 0 at the outline, 1 in the middle of the head and along the tail's. */
float bodyDepth(float s, float side) {
  float across = 1.0 - side / halfWidth(s);
  return clamp(mix(across, 1.0 - length(vec2(s, side)) / 4.0, smoothstep(-2.35, 1.2, s)), 0.0, 1.0);
}

/** How far the see-through fin stands out from the tail. This is where the genders differ most. */
float fin(float s, float gender) {
  float down = clamp((-4.0 - s) / 22.0, 0.0, 1.0);
  float plain = smoothstep(0.0, 0.3, down) * (1.0 - 0.55 * down);
  if (gender == 1.0) return plain * 1.45 + 0.45 * smoothstep(0.05, 0.2, down) * sin(down * 20.0) * (1.0 - down);
  if (gender == 2.0) return plain * 0.45 + 1.9 * smoothstep(0.6, 0.93, down);
  if (gender == 3.0) return plain * (1.0 + 0.35 * sin(down * 31.0));
  return plain * 0.8;
}

float disc(vec2 middle, float radius, float s, float side) {
  return clamp(0.5 - (length(vec2(s, side) - middle) - radius) / uPixel, 0.0, 1.0);
}

vec4 glow() {
  float r = length(vSpot);
  float halo = pow(max(1.0 - r, 0.0), 2.2) * (0.26 + 0.16 * vSpeed + 0.22 * vOwn + 0.45 * vPointed);
  float breath = 0.8 + 0.2 * sin(uTime * 1.8);
  float ring = max(vOwn * breath * 0.5, vPointed * 0.9) * smoothstep(0.045, 0.0, abs(r - 0.58));
  // The colour in which the original lights up a name that the pointer is on.
  vec3 ink = mix(vec3(1.0), vec3(0.753, 0.992, 0.969), vPointed);
  return vec4((mix(vColour.rgb, ink, 0.25 + 0.5 * vPointed) * halo + ink * ring) * vColour.a, ring * 0.2 * vColour.a);
}

void main() {
  if (vKind == ${GLOW}.0) {
    finalColour = glow();
    return;
  }
  float s = vSpot.x;
  float side = abs(vSpot.y);
  float away = outline(s, side);
  float tip = clamp((s + 28.2) / 3.0, 0.0, 1.0);
  if (vKind == ${SHADOW}.0) {
    float dark = smoothstep(1.3, -2.4, away) * tip * 0.34 * vColour.a;
    finalColour = vec4(0.0, 0.0, 0.0, dark);
    return;
  }
  float down = clamp((-2.35 - s) / 24.0, 0.0, 1.0);
  vec3 skin = vColour.rgb;
  vec3 shade = skin * skin * 0.75;
  vec3 light = mix(skin, vec3(1.0), 0.55);
  if (vGender == 3.0) skin = mix(skin, skin.brg * 0.75 + 0.25, smoothstep(0.1, 0.8, down));

  // Body: lit in the middle, darker at the rim, clearer towards the tip.
  float inside = clamp(0.5 - away / uPixel, 0.0, 1.0) * clamp((s + 26.0) / uPixel, 0.0, 1.0);
  float depth = bodyDepth(s, side);
  vec3 body = mix(shade, skin, smoothstep(0.0, 0.38, depth));
  body = mix(body, light, 0.4 * smoothstep(0.35, 1.0, depth) * smoothstep(-7.0, 0.5, s));
  if (vGender == 2.0) body = mix(body, shade, 0.75 * smoothstep(0.75, 0.45, side) * smoothstep(1.0, -1.0, s));
  if (vGender == 3.0) {
    body = mix(body, light, 0.9 * disc(vec2(-0.6, 0.0), 0.6, s, side) + 0.9 * disc(vec2(-1.9, 1.5), 0.45, s, side));
  }
  float bodyAlpha = inside * mix(1.0, 0.72, down);

  // Fin: rays of light in a film.
  float film = away - fin(s, vGender);
  float rays = 0.88 + 0.12 * sin(s * 3.1 + side * 1.9);
  float finAlpha = clamp(0.5 - film / max(uPixel, 0.35), 0.0, 1.0) * tip * 0.46 * rays * step(s, -2.35);
  vec4 colour = vec4(mix(skin, light, 0.35) * finAlpha, finAlpha * 0.85);
  colour = vec4(body, 1.0) * bodyAlpha + colour * (1.0 - bodyAlpha);

  // Face. Each individual blinks in its own time.
  if (s > -2.35) {
    float lids = smoothstep(0.985, 0.995, sin(uTime * (0.9 + vOne * 0.5) + vOne * 40.0)) * uMotion;
    float open = 1.0 - 0.9 * lids;
    vec2 eye = vec2((s - 1.75) / open, side - 1.85);
    float white = clamp(0.5 - (length(eye) - 1.12) * open / uPixel, 0.0, 1.0);
    float pupil = clamp(0.5 - (length(eye - vec2(0.28, 0.06)) - 0.66) * open / uPixel, 0.0, 1.0);
    float glint = disc(vec2(2.3, 1.65), 0.24, s, side) * open;
    if (vGender == 1.0) {
      float blush = smoothstep(1.3, 0.2, length(vec2(s + 0.1, side - 2.75)));
      colour.rgb = mix(colour.rgb, vec3(1.0, 0.42, 0.56) * colour.a, blush * 0.6);
      // Lashes: two strokes outward from the eye, beyond the outline.
      vec2 fromEye = vec2(s - 1.75, side - 1.85);
      float angle = atan(fromEye.y, fromEye.x);
      float stroke = smoothstep(0.26, 0.12, abs(angle - 1.25)) + smoothstep(0.26, 0.12, abs(angle - 0.65));
      float lash = clamp(stroke, 0.0, 1.0) * smoothstep(1.05, 1.15, length(fromEye)) * smoothstep(2.2, 2.0, length(fromEye));
      colour = vec4(shade * 0.3, 1.0) * lash + colour * (1.0 - lash);
    }
    if (vGender == 2.0) {
      float brow = smoothstep(0.34, 0.2, abs(length(vec2(s - 1.75, side - 1.85)) - 1.5)) * step(s, 1.9) * step(0.2, s);
      colour = mix(colour, vec4(shade * 0.45, 1.0) * colour.a, brow * 0.85);
    }
    colour = mix(colour, vec4(0.97, 0.98, 1.0, 1.0), white);
    colour = mix(colour, vec4(0.05, 0.06, 0.1, 1.0), pupil);
    colour = mix(colour, vec4(1.0), glint);
  }
  finalColour = colour * vColour.a;
}
`;

/** The vertices of one tadpole: kind, row, side each. Painted in this order. */
export function tadpoleVertices(): Float32Array {
  const vertices: number[] = [];
  pushStrip(vertices, SHADOW);
  for (const [x, y] of [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ])
    vertices.push(GLOW, x, y);
  pushStrip(vertices, BODY);
  return new Float32Array(vertices);
}

/** Triangles over `tadpoleVertices`: each strip, and the glow, is a chain of quads. */
export function tadpoleIndices(): Uint16Array {
  const indices: number[] = [];
  pushQuads(indices, 0, ROWS - 1);
  pushQuads(indices, ROWS * 2, 1);
  pushQuads(indices, ROWS * 2 + 4, ROWS - 1);
  return new Uint16Array(indices);
}

function pushStrip(vertices: number[], kind: number): void {
  for (let row = 0; row < ROWS; row++) vertices.push(kind, row, -1, kind, row, 1);
}

function pushQuads(indices: number[], first: number, quads: number): void {
  for (let i = 0; i < quads; i++) {
    const a = first + i * 2;
    indices.push(a, a + 1, a + 2, a + 1, a + 3, a + 2);
  }
}
