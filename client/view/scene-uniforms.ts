/**
 * The numbers that every shader of the pond shares: one group, written once a frame. Only `client/view` may know it.
 */
import { UniformGroup } from "pixi.js";
import type { Camera } from "./camera.ts";
import { writeOklch } from "./colour.ts";

/**
 * The water's hue goes from green over blue to violet and back in this time, seconds. The original went round the whole
 * circle in it; half of that circle is mud.
 */
const HUE_TURN_S = 135;
const HUE_MIDDLE_RAD = (236 / 180) * Math.PI;
const HUE_REACH_RAD = (78 / 180) * Math.PI;
/** Shader time starts over after this, seconds: 32-bit floats lose the smooth steps of large ones. */
const TIME_WRAP_S = 3600;

/** Declarations to put at the top of a shader that uses the group. */
export const SCENE_GLSL = `
uniform vec2 uSize;      // screen, CSS pixels
uniform vec2 uCamera;    // world position of the screen's middle
uniform vec2 uWorld;     // size of the pond, world units
uniform vec2 uExtent;    // largest extent of the world on the screen
uniform float uZoom;     // CSS pixels for one world unit
uniform float uPixel;    // world units for one device pixel
uniform float uTime;     // seconds
uniform float uMotion;   // 1, or 0 if the player asked for less motion
uniform vec3 uDeep;      // water colours, from the darkest
uniform vec3 uMid;
uniform vec3 uLight;

/** World position to clip space; y points down in the world. */
vec4 toClip(vec2 world) {
  vec2 fromMiddle = (world - uCamera) * uZoom / uSize * 2.0;
  return vec4(fromMiddle.x, -fromMiddle.y, 0.0, 1.0);
}
`;

/** World units. A replica has these. */
export interface WorldSize {
  readonly worldWidth: number;
  readonly worldHeight: number;
}

export class SceneUniforms {
  readonly #options: { readonly season: number; readonly calm: boolean };
  readonly group = new UniformGroup({
    uSize: { value: new Float32Array(2), type: "vec2<f32>" },
    uCamera: { value: new Float32Array(2), type: "vec2<f32>" },
    uWorld: { value: new Float32Array(2), type: "vec2<f32>" },
    uExtent: { value: new Float32Array(2), type: "vec2<f32>" },
    uZoom: { value: 1, type: "f32" },
    uPixel: { value: 1, type: "f32" },
    uTime: { value: 0, type: "f32" },
    uMotion: { value: 1, type: "f32" },
    uDeep: { value: new Float32Array(3), type: "vec3<f32>" },
    uMid: { value: new Float32Array(3), type: "vec3<f32>" },
    uLight: { value: new Float32Array(3), type: "vec3<f32>" },
  });

  /** `season`: where in its round of hues the water starts, 0 to 1. `calm`: it stays there, and the light stands still. */
  constructor(options: { readonly season: number; readonly calm: boolean }) {
    this.#options = options;
    this.group.uniforms.uMotion = options.calm ? 0 : 1;
  }

  write(camera: Camera, world: WorldSize, resolution: number, nowMs: number): void {
    const u = this.group.uniforms;
    const timeS = this.#options.calm ? 0 : nowMs / 1000;
    pair(u.uSize, camera.width, camera.height);
    pair(u.uCamera, camera.x, camera.y);
    pair(u.uWorld, world.worldWidth, world.worldHeight);
    pair(u.uExtent, camera.widthMax, camera.heightMax);
    u.uZoom = camera.zoom;
    u.uPixel = 1 / (camera.zoom * resolution);
    u.uTime = timeS % TIME_WRAP_S;
    const season = this.#options.season + timeS / HUE_TURN_S;
    const hueRad = HUE_MIDDLE_RAD + HUE_REACH_RAD * Math.sin(season * 2 * Math.PI);
    writeOklch(u.uDeep, 0, 0.155, 0.04, hueRad);
    writeOklch(u.uMid, 0, 0.33, 0.075, hueRad);
    // The light leans to a neighbouring hue: one hue alone looks like a tinted photograph.
    writeOklch(u.uLight, 0, 0.78, 0.1, hueRad - 0.45);
  }
}

function pair(out: Float32Array, x: number, y: number): void {
  out[0] = x;
  out[1] = y;
}
