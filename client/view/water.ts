/**
 * The water, its light and the shore around the pond. A shader paints them, which costs more than all else on the
 * screen; but they are soft, so they are painted with few pixels and laid over the screen larger. No work for the
 * processor but two draw calls.
 */
import { Geometry, GlProgram, Mesh, RenderTexture, Shader, type WebGLRenderer } from "pixi.js";
import { SCENE_GLSL, type SceneUniforms } from "./scene-uniforms.ts";

/** CSS pixels on a side of one painted pixel, device pixels where these are larger. With 2 it looks the same, at twice the frames without a graphics card. */
const PAINTED_PIXEL = 2;

const VERTEX = `#version 300 es
in vec2 aCorner;
out vec2 vScreen;
${SCENE_GLSL}
void main() {
  vScreen = aCorner * uSize;
  gl_Position = vec4(aCorner.x * 2.0 - 1.0, 1.0 - aCorner.y * 2.0, 0.0, 1.0);
}
`;

/** A number from 0 to 1 that seems random. */
const HASH = `
float hash(vec2 p) {
  p = fract(p * vec2(123.34, 456.21));
  p += dot(p, p + 45.32);
  return fract(p.x * p.y);
}
`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec2 vScreen;
out vec4 finalColour;
${SCENE_GLSL}
${HASH}
float noise(vec2 p) {
  vec2 cell = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(cell), hash(cell + vec2(1, 0)), f.x),
             mix(hash(cell + vec2(0, 1)), hash(cell + vec2(1, 1)), f.x), f.y);
}

/** The net of light that waves throw on the ground: sine waves that bend one another. Repeats each 2 pi. */
float caustic(vec2 p, float t) {
  const float TAU = 6.2831853;
  p = mod(p, TAU) - 250.0;
  vec2 q = p;
  float light = 1.0;
  for (int n = 0; n < 3; n++) {
    float phase = t * (1.0 - 3.5 / float(n + 1));
    q = p + vec2(cos(phase - q.x) + sin(phase + q.y), sin(phase - q.y) + cos(phase + q.x));
    light += 1.0 / length(vec2(p.x / (sin(q.x + phase) / 0.005), p.y / (cos(q.y + phase) / 0.005)));
  }
  light = 1.17 - pow(light / 3.0, 1.4);
  return pow(abs(light), 7.0);
}

/** Distance to the shore, negative in the water. The line lies outside the rectangle that tadpoles can reach. */
float shoreDistance(vec2 world) {
  vec2 beyond = abs(world - uWorld * 0.5) - (uWorld * 0.5 + 26.0 - 80.0);
  float box = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - 80.0;
  return box + (noise(world / 45.0) - 0.5) * 14.0 + (noise(world / 14.0) - 0.5) * 5.0;
}

void main() {
  vec2 offset = (vScreen - uSize * 0.5) / uZoom;
  vec2 world = uCamera + offset;
  vec2 screen = vScreen / uSize;

  // The ground lies deeper than the tadpoles: it moves less than they do.
  vec2 ground = uCamera * 0.62 + offset;
  float broad = noise(ground / 260.0) * 0.65 + noise(ground / 97.0 + 7.0) * 0.35;
  float fine = noise(ground / 21.0 + 3.0);
  vec3 colour = mix(uDeep, uMid, smoothstep(0.15, 0.9, broad) * 0.85 + (fine - 0.5) * 0.06);

  // Light from above: brighter around a place near the top, dark towards the corners.
  float sun = 1.0 - smoothstep(0.0, 1.15, length((screen - vec2(0.42, 0.12)) * vec2(1.0, 0.85)));
  colour = mix(colour, uMid, sun * 0.55) + uLight * sun * sun * 0.07;

  float shore = shoreDistance(world);
  float shallow = smoothstep(190.0, 0.0, -shore);

  // Two nets of light at different depths, each bent by the ground below it, hide that they repeat.
  float bend = broad * 5.0;
  float net = caustic((uCamera * 0.8 + offset) / 32.0 + bend, uTime * 0.42 + 3.0);
  float wide = caustic((uCamera * 0.7 + offset).yx / 71.0 - bend * 0.6, uTime * 0.3 + 11.0);
  float patches = smoothstep(0.3, 0.85, noise(ground / 180.0 + vec2(uTime * 0.03, 9.0)));
  float glow = (net * 0.55 + wide * 0.6) * (0.25 + 0.75 * patches) * (0.5 + 0.5 * sun + 0.6 * shallow);
  colour += uLight * glow * 0.4;

  // Slanting rays.
  float across = dot(screen - vec2(0.42, -0.3), vec2(0.92, 0.39)) * 9.0 / (0.5 + screen.y);
  float ray = noise(vec2(across + uCamera.x * 0.0016, uTime * 0.11)) * noise(vec2(across * 2.3, uTime * 0.07 + 5.0));
  colour += uLight * smoothstep(0.16, 0.75, ray) * 0.085 * (1.0 - smoothstep(0.1, 0.95, screen.y));

  // Shallow water, ripples along the line, then the bank.
  colour = mix(colour, mix(uMid * 1.5, uLight * 0.62, 0.35), shallow * shallow * 0.5);
  float lap = shore + sin(uTime * 0.9 + noise(world / 60.0) * 9.0) * 2.2;
  colour += uLight * (0.3 * smoothstep(2.6, 0.0, abs(lap + 3.0)) + 0.12 * smoothstep(3.5, 0.0, abs(lap + 17.0)));
  float grain = noise(world / 7.0) * 0.6 + noise(world / 2.3) * 0.4;
  vec3 moss = mix(uDeep * 0.8, vec3(0.15, 0.16, 0.1) + uMid * 0.34, 0.3 + 0.7 * grain);
  moss *= 0.55 + 0.45 * smoothstep(90.0, 0.0, shore);
  colour = mix(colour, moss, smoothstep(-uPixel - 0.6, uPixel + 0.6, shore));
  colour *= 1.0 - 0.45 * smoothstep(0.0, 14.0, shore) * smoothstep(26.0, 0.0, shore);

  // Darker corners hold the eye in the middle.
  vec2 corner = screen - 0.5;
  colour *= 1.0 - dot(corner, corner) * 0.85;
  finalColour = vec4(colour, 1.0);
}
`;

/** The painting, as large as the screen. A grain of about one step of colour hides that there are few of them. */
const SCREEN_FRAGMENT = `#version 300 es
precision highp float;
in vec2 vScreen;
out vec4 finalColour;
uniform sampler2D uPainting;
${SCENE_GLSL}
${HASH}
void main() {
  vec2 place = vScreen / uSize;
  // Rows of a texture go upwards.
  vec3 colour = texture(uPainting, vec2(place.x, 1.0 - place.y)).rgb;
  finalColour = vec4(colour + (hash(gl_FragCoord.xy * 0.37) - 0.5) / 170.0, 1.0);
}
`;

export class Water {
  /** What to put on the stage: it covers the whole screen. */
  readonly mesh: Mesh<Geometry, Shader>;
  readonly #brush: Mesh<Geometry, Shader>;
  readonly #painting = RenderTexture.create({ width: 1, height: 1, antialias: false });

  constructor(scene: SceneUniforms) {
    this.#brush = coverScreen("water", FRAGMENT, { scene: scene.group });
    this.mesh = coverScreen("water-screen", SCREEN_FRAGMENT, { scene: scene.group, uPainting: this.#painting.source });
  }

  /** Screen size in CSS pixels; device pixels drawn for each of them. */
  resize(width: number, height: number, resolution: number): void {
    const scale = Math.min(resolution, 1) / PAINTED_PIXEL;
    this.#painting.resize(Math.ceil(width * scale), Math.ceil(height * scale));
  }

  /** Paints the water of this frame; the scene's uniforms are written already. */
  paint(renderer: WebGLRenderer): void {
    renderer.render({ container: this.#brush, target: this.#painting, clear: false });
  }

  destroy(): void {
    this.#brush.destroy();
    this.#painting.destroy(true);
  }
}

/** One rectangle over all that is drawn on. */
function coverScreen(name: string, fragment: string, resources: Record<string, unknown>): Mesh<Geometry, Shader> {
  const geometry = new Geometry({
    attributes: { aCorner: { buffer: new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), format: "float32x2" } },
    topology: "triangle-strip",
  });
  const glProgram = GlProgram.from({ name, vertex: VERTEX, fragment });
  const mesh = new Mesh({ geometry, shader: new Shader({ glProgram, resources }) });
  mesh.state.blend = false;
  return mesh;
}
