import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { CheckOptions } from '../../src-renderer/engine/engine-check.types.ts'
import type { ProgramFigures } from '../../src-shared/contracts/broadcast.ts'
import type { Encoding } from '../../src-shared/domain/encoding.ts'
import type { Packet } from '../../src-shared/domain/packet.ts'
import type { SceneItem } from '../../src-shared/domain/scene.ts'
import type { Show } from '../../src-shared/domain/show.ts'
import { PageBrowser } from '../fixtures/page-browser.ts'
import { descendants } from '../fixtures/process-table.ts'
import { until } from '../fixtures/until.ts'
import { treeUsage } from '../fixtures/process-table.ts'
import { type Received, type ServerState, startServer } from './engine-rig.ts'

/** The engine alone in a page, steered by a test: no studio around it, its packets kept. */
export class EnginePage {
  /** What the page and its workers complained about; unclosed frames show here. */
  readonly complaints: string[] = []

  private constructor(
    private readonly browser: PageBrowser,
    private readonly server: Awaited<ReturnType<typeof startServer>>,
  ) {
    this.page.on('pageerror', (error) => this.complaints.push(error.message))
    this.page.on('console', (message) => {
      if (message.type() === 'warning' || message.type() === 'error') this.complaints.push(message.text())
    })
  }

  /** `folder`: the built page. Resolves when the encoders are chosen. */
  static async open(folder: string, options: Partial<CheckOptions> & { cameraFile?: string } = {}): Promise<EnginePage> {
    const server = await startServer(folder)
    const { cameraFile, ...check } = options
    const browser = await PageBrowser.open(cameraFile ? { cameraFile } : {})
    const engine = new EnginePage(browser, server)
    await engine.page.goto(server.url)
    const given = { url: server.url.replace('http', 'ws'), compositor: null, sources: 'test-pattern', encoding: {}, preview: null, ...check }
    await engine.page.evaluate(`window.startCheck(${JSON.stringify(given)})`)
    await until('encoders are chosen', async () => {
      const figures = await engine.figures()
      return figures !== null && figures.videoEncoder !== '' && figures.audioEncoder !== '' && figures.compositor !== ''
    })
    await until('the program port is open', () => server.state.socket !== null)
    return engine
  }

  get page(): Page {
    return this.browser.page
  }

  get received(): Received {
    return this.server.received
  }

  get state(): ServerState {
    return this.server.state
  }

  get video(): Packet[] {
    return this.received.packets.filter((packet) => packet.kind === 'video')
  }

  figures(): Promise<ProgramFigures | null> {
    return this.page.evaluate('window.check.figures()')
  }

  failures(): Promise<string[]> {
    return this.page.evaluate('window.check.failures()')
  }

  async setWish(wanted: boolean, change: Partial<Encoding> = {}): Promise<void> {
    await this.page.evaluate(`window.check.setWish(${wanted}, ${JSON.stringify(change)})`)
  }

  /** Goes live and waits for the first packet. */
  async goLive(): Promise<void> {
    await this.setWish(true)
    await until('a packet arrives', () => this.received.packets.length > 0, { everyMs: 5 })
  }

  /** Changes items of the scene, by source. */
  async change(changes: Record<string, Partial<SceneItem>>): Promise<void> {
    await this.page.evaluate(`window.check.change(${JSON.stringify(changes)})`)
  }

  /** Another show, or the same one changed. */
  async setShow(show: Show, options: { previewSceneId?: string | null } = {}): Promise<void> {
    await this.page.evaluate(`window.check.setShow(${JSON.stringify(show)}, ${JSON.stringify(options)})`)
  }

  /** Of a `ViewTarget`, which belongs to the page. */
  openView(target: { kind: string; sceneId?: string; sourceId?: string; cells?: number }, width: number, height: number, { popup = false } = {}): Promise<number> {
    return this.page.evaluate(`window.check.openView(${JSON.stringify(target)}, ${width}, ${height}, ${popup})`)
  }

  /** Draws on an annotation; of a `DrawingChange`, which belongs to the page. */
  async draw(sourceId: string, change: object): Promise<void> {
    await this.page.evaluate(`window.check.draw(${JSON.stringify(sourceId)}, ${JSON.stringify(change)})`)
  }

  /** Red, green and blue of a view's pixel. */
  viewAt(view: number, x: number, y: number): Promise<number[]> {
    return this.page.evaluate(`window.check.viewAt(${view}, ${x}, ${y})`)
  }

  /** CPU seconds so far of the browser with all its processes. */
  cpuSeconds(): number {
    return Object.values(treeUsage(this.pid).cpuSeconds).reduce((sum, each) => sum + each, 0)
  }

  /** The browser's first process. */
  get pid(): number {
    const browsers = descendants(process.pid).filter(({ command }) => command.includes('remote-debugging') && !command.includes('--type='))
    const newest = browsers.at(-1)
    if (!newest) throw new Error('the browser is gone')
    return newest.pid
  }

  async close(): Promise<void> {
    await this.page.evaluate('window.check.close()').catch(() => {})
    await this.browser.close()
    await this.server.close()
  }
}

/** A still picture of four colours for a fake camera: red, green over blue, grey. Its path, in `folder`. */
export function quartersCamera(folder: string): string {
  const half = (left: string, right: string) => `color=c=${left}:s=320x180:r=30,pad=640:180:0:0:${right}`
  const inputs = ['-f', 'lavfi', '-i', half('0xc02020', '0x20a020'), '-f', 'lavfi', '-i', half('0x2020c0', '0x909090'), '-filter_complex', 'vstack']
  return cameraFile(folder, 'quarters', inputs)
}

/**
 * A moving picture for a fake camera with just so much noise that encoders use up the rate they are given. With more of it
 * OpenH264 does not keep to the rate (its coarsest quantiser in realtime is not coarse enough), and libvpx not to the time.
 */
export function noisyCamera(folder: string): string {
  return cameraFile(folder, 'noisy', ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=30,noise=alls=8:allf=t'])
}

function cameraFile(folder: string, name: string, inputs: readonly string[]): string {
  const file = join(folder, `${name}.y4m`)
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...inputs, '-t', '2', '-pix_fmt', 'yuv420p', file])
  if (status !== 0) throw new Error(`no camera picture: ${String(stderr)}`)
  return file
}
