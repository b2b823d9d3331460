import { radiusOf, widthSeen, type Look, type Panorama } from './sphere';

/** A triangle that covers the screen needs no data: its corners follow from their numbers. */
const corners = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  at = corner;
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

/**
 * Each point of the screen is a ray (x right, y up, z ahead), tilted by the pitch and turned by the yaw; where it meets the
 * sphere or the cylinder is where the picture is read. Nothing is drawn where there is no picture.
 */
const rays = `#version 300 es
precision highp float;
const float PI = 3.14159265358979;
uniform sampler2D picture;
uniform vec2 edge;
uniform vec2 tilt;
uniform vec2 turn;
uniform vec4 part;
uniform float radius;
in vec2 at;
out vec4 colour;
void main() {
  vec3 ray = vec3(at * edge, 1.0);
  ray.yz = vec2(ray.y * tilt.x + ray.z * tilt.y, ray.z * tilt.x - ray.y * tilt.y);
  ray.xz = vec2(ray.x * turn.x + ray.z * turn.y, ray.z * turn.x - ray.x * turn.y);
  float around = atan(ray.x, ray.z) / (2.0 * PI) + 0.5;
  float flatLength = length(ray.xz);
  float down = radius > 0.0 ? 0.5 - radius * ray.y / max(flatLength, 1e-6) : 0.5 - atan(ray.y, flatLength) / PI;
  vec2 spot = vec2(fract(around - part.x) / part.z, (down - part.y) / part.w);
  bool inside = spot.x <= 1.0 && spot.y >= 0.0 && spot.y <= 1.0;
  colour = inside ? vec4(texture(picture, spot).rgb, 1.0) : vec4(0.0, 0.0, 0.0, 1.0);
}`;

/** More than this is not seen on any screen, and takes 128 MB of a graphics card. */
const mostPx = 8192;

/** Draws a panorama as seen from its middle. */
export class Drawing {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #panorama: Panorama;
  readonly mostPx: number;

  /** Null where the browser has no WebGL 2. */
  static on(canvas: HTMLCanvasElement, panorama: Panorama): Drawing | null {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, powerPreference: 'low-power' });
    return gl && new Drawing(gl, panorama);
  }

  private constructor(gl: WebGL2RenderingContext, panorama: Panorama) {
    this.#gl = gl;
    this.#panorama = panorama;
    this.mostPx = Math.min(mostPx, gl.getParameter(gl.MAX_TEXTURE_SIZE) as number);
    this.#program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, corners], [gl.FRAGMENT_SHADER, rays]] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
    }
    gl.linkProgram(this.#program);
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS) && !gl.isContextLost()) {
      throw new Error(gl.getProgramInfoLog(this.#program) ?? 'the panorama’s program does not link');
    }
    gl.useProgram(this.#program);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    // The seam at the back of a whole sphere is no edge, so it repeats; a part ends where it ends.
    const round = panorama.width >= panorama.fullWidth;
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, round ? gl.REPEAT : gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  }

  /** Takes the picture, or the frame that a video shows now. */
  take(source: TexImageSource) {
    const gl = this.#gl;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, source);
  }

  draw({ yaw, pitch, fov }: Look) {
    const gl = this.#gl;
    const { fullWidth, fullHeight, left, top, width, height, projection } = this.#panorama;
    const [across, down] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const half = (angle: number) => Math.tan((angle * Math.PI) / 360);
    const vector = (angle: number) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)] as const;
    const uniform = (name: string) => gl.getUniformLocation(this.#program, name);
    gl.viewport(0, 0, across, down);
    gl.uniform2f(uniform('edge'), half(widthSeen(fov, across / down)), half(fov));
    gl.uniform2f(uniform('tilt'), ...vector(pitch));
    gl.uniform2f(uniform('turn'), ...vector(yaw));
    gl.uniform4f(uniform('part'), left / fullWidth, top / fullHeight, Math.min(1, width / fullWidth), height / fullHeight);
    gl.uniform1f(uniform('radius'), projection === 'cylindrical' ? radiusOf(this.#panorama) / fullHeight : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** Browsers have few contexts; a collector that comes late would cost the next panorama its own. */
  end() {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
