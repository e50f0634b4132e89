/** What draws the picture. */
export interface GraphicsFacts {
  webGl2: boolean
  vendor: string
  renderer: string
  maxTextureSize: number
  webGpu: boolean
  webGpuVendor: string
  webGpuArchitecture: string
}

interface Gpu {
  requestAdapter(): Promise<{ info?: { vendor: string; architecture: string } } | null>
}

/** Asks a canvas of its own, which is given back. */
export async function readGraphics(): Promise<GraphicsFacts> {
  const gl = new OffscreenCanvas(16, 16).getContext('webgl2')
  const names = gl?.getExtension('WEBGL_debug_renderer_info')
  const text = (name: number | undefined): string => (gl && name !== undefined ? String(gl.getParameter(name) ?? '') : '')
  const facts = {
    webGl2: gl !== null,
    vendor: text(names?.UNMASKED_VENDOR_WEBGL ?? gl?.VENDOR),
    renderer: text(names?.UNMASKED_RENDERER_WEBGL ?? gl?.RENDERER),
    maxTextureSize: gl ? Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)) : 0,
  }
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  const adapter = await (navigator as Navigator & { gpu?: Gpu }).gpu?.requestAdapter().catch(() => null)
  return { ...facts, webGpu: Boolean(adapter), webGpuVendor: adapter?.info?.vendor ?? '', webGpuArchitecture: adapter?.info?.architecture ?? '' }
}
