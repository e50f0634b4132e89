import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import type { Compositor, Stamp } from './compositor.ts'
import { parseColour } from './planes.ts'

/** Unit square in, canvas pixels through a 2x3 matrix, clip space out; the source's part by offset and size. */
const VERTEX = `#version 300 es
uniform vec4 part;
uniform vec3 rowX, rowY;
uniform vec2 canvas;
out vec2 at;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  at = part.xy + corner * part.zw;
  vec3 point = vec3(corner, 1.0);
  vec2 pixel = vec2(dot(rowX, point), dot(rowY, point));
  gl_Position = vec4(pixel / canvas * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}`
const FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D picture;
uniform float opacity;
in vec2 at;
out vec4 colour;
void main() { colour = texture(picture, at) * opacity; }`

interface Texture {
  texture: WebGLTexture
  picture: Picture
  version: number
}

/** Composes on the GPU: a texture per source, uploaded when it changes; colours premultiplied by their opacity. */
export class CompositorWebgl implements Compositor {
  readonly name = 'webgl'
  readonly #canvas: OffscreenCanvas
  readonly #gl: WebGL2RenderingContext
  readonly #uniforms: Record<'part' | 'rowX' | 'rowY' | 'canvas' | 'opacity', WebGLUniformLocation | null>
  #textures = new Map<string, Texture>()

  constructor(size: Size) {
    this.#canvas = new OffscreenCanvas(size.width, size.height)
    const gl = this.#canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' })
    if (!gl) throw new Error('no WebGL2')
    this.#gl = gl
    const program = link(gl)
    gl.useProgram(program)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.viewport(0, 0, size.width, size.height)
    const at = (name: string) => gl.getUniformLocation(program, name)
    this.#uniforms = { part: at('part'), rowX: at('rowX'), rowY: at('rowY'), canvas: at('canvas'), opacity: at('opacity') }
    gl.uniform2f(this.#uniforms.canvas, size.width, size.height)
  }

  get surface(): OffscreenCanvas {
    return this.#canvas
  }

  async draw(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>): Promise<void> {
    const gl = this.#gl
    if (gl.isContextLost()) throw new Error('the GPU context was lost')
    const { r, g, b } = parseColour(background)
    gl.clearColor(r / 255, g / 255, b / 255, 1)
    gl.clear(gl.COLOR_BUFFER_BIT)
    for (const [id, texture] of this.#textures) {
      if (pictures.get(id) === texture.picture) continue
      gl.deleteTexture(texture.texture)
      this.#textures.delete(id)
    }
    for (const command of list) {
      const picture = pictures.get(command.sourceId)
      if (picture) this.#draw(command, picture)
    }
  }

  frame(stamp: Stamp): VideoFrame {
    return new VideoFrame(this.#canvas, { timestamp: stamp.timestampUs, duration: stamp.durationUs, alpha: 'discard' })
  }

  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #draw(command: DrawCommand, picture: Picture): void {
    const gl = this.#gl
    this.#bind(command.sourceId, picture)
    const { from, to } = command
    const angle = (command.rotationDeg * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const centreX = to.x + to.width / 2
    const centreY = to.y + to.height / 2
    const startX = centreX - (cos * to.width - sin * to.height) / 2
    const startY = centreY - (sin * to.width + cos * to.height) / 2
    const [partX, partY] = [from.x / picture.width, from.y / picture.height]
    const [partWidth, partHeight] = [from.width / picture.width, from.height / picture.height]
    gl.uniform4f(
      this.#uniforms.part,
      command.flipX ? partX + partWidth : partX, command.flipY ? partY + partHeight : partY,
      command.flipX ? -partWidth : partWidth, command.flipY ? -partHeight : partHeight,
    )
    gl.uniform3f(this.#uniforms.rowX, cos * to.width, -sin * to.height, startX)
    gl.uniform3f(this.#uniforms.rowY, sin * to.width, cos * to.height, startY)
    gl.uniform1f(this.#uniforms.opacity, command.opacity)
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
  }

  #bind(sourceId: string, picture: Picture): void {
    const gl = this.#gl
    const known = this.#textures.get(sourceId)
    if (known) {
      gl.bindTexture(gl.TEXTURE_2D, known.texture)
      if (known.version === picture.version) return
    }
    const texture = known?.texture ?? gl.createTexture()
    if (!known) {
      gl.bindTexture(gl.TEXTURE_2D, texture)
      for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE)
      for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR)
    }
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture.drawable())
    this.#textures.set(sourceId, { texture, picture, version: picture.version })
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('the GPU context was lost')
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'shaders do not link')
  return program
}
