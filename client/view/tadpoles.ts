/**
 * All tadpoles as one mesh and one draw call: fixed vertices, and a record for each tadpole that is uploaded every
 * frame. The GPU bends the tails, so the processor's part is 88 bytes a tadpole.
 */
import { Buffer, BufferUsage, Geometry, GlProgram, Mesh, Shader } from "pixi.js";
import type { SceneUniforms } from "./scene-uniforms.ts";
import { AT_COLOUR, AT_JOINTS, AT_STYLE, AT_X, INSTANCE_WORDS } from "./tadpole-instance.ts";
import { TADPOLE_FRAGMENT, TADPOLE_VERTEX, tadpoleIndices, tadpoleVertices } from "./tadpole-shader.ts";

export class Tadpoles {
  readonly mesh: Mesh<Geometry, Shader>;
  readonly #buffer: Buffer;

  /** `instances`: the records, owned and written by `Swimmers`. */
  constructor(scene: SceneUniforms, instances: ArrayBuffer) {
    this.#buffer = new Buffer({
      data: new Float32Array(instances),
      usage: BufferUsage.VERTEX | BufferUsage.COPY_DST,
      label: "tadpoles",
    });
    const vec4 = (word: number) => this.#attribute("float32x4", word);
    const geometry = new Geometry({
      attributes: {
        aVertex: { buffer: tadpoleVertices(), format: "float32x3" },
        aPlace: vec4(AT_X),
        aJoints0: vec4(AT_JOINTS),
        aJoints1: vec4(AT_JOINTS + 4),
        aJoints2: vec4(AT_JOINTS + 8),
        aJoints3: vec4(AT_JOINTS + 12),
        aColour: this.#attribute("unorm8x4", AT_COLOUR),
        aStyle: this.#attribute("unorm8x4", AT_STYLE),
      },
      indexBuffer: tadpoleIndices(),
    });
    const glProgram = GlProgram.from({ name: "tadpoles", vertex: TADPOLE_VERTEX, fragment: TADPOLE_FRAGMENT });
    this.mesh = new Mesh({ geometry, shader: new Shader({ glProgram, resources: { scene: scene.group } }) });
    this.draw(0);
  }

  /** Uploads the first `count` records. */
  draw(count: number): void {
    this.mesh.visible = count > 0;
    this.mesh.geometry.instanceCount = count;
    if (count > 0) this.#buffer.update(count * INSTANCE_WORDS * 4);
  }

  destroy(): void {
    const { geometry } = this.mesh;
    this.mesh.destroy();
    geometry.destroy(true);
  }

  #attribute(format: "float32x4" | "unorm8x4", word: number) {
    return { buffer: this.#buffer, format, stride: INSTANCE_WORDS * 4, offset: word * 4, instance: true };
  }
}
