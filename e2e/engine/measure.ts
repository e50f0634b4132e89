/**
 * Measures what the engine costs with each compositor, one after another and again: `node e2e/engine/measure.ts
 * [--seconds 8] [--rounds 2] [--sources camera+screen] [--preview 960x540] planes 2d webgl`.
 * CPU is that of the browser's whole process tree, in percent of one core.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commandLine, treeUsage } from '../fixtures/process-table.ts'
import { buildPage, openBrowser, probeVideo, removeFolder, startServer } from './engine-rig.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
    sources: { type: 'string', default: 'camera+screen' },
    preview: { type: 'string' },
    size: { type: 'string', default: '1280x720' },
    fps: { type: 'string', default: '30' },
    shot: { type: 'string' },
    browser: { type: 'string', default: '' },
  },
})
const names = positionals.length > 0 ? positionals : ['planes', '2d']
const pair = (text: string) => text.split('x').map(Number) as [number, number]
const [width, height] = pair(values.size)
const preview = values.preview ? { width: pair(values.preview)[0], height: pair(values.preview)[1] } : null
const folder = await buildPage()

try {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of names) await measure(name)
  }
} finally {
  await removeFolder(folder)
}

async function measure(name: string): Promise<void> {
  const server = await startServer(folder)
  const { browser, pid } = await openBrowser(values.browser ? values.browser.split(' ') : [])
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
    page.on('console', (message) => console.log(`  [page] ${message.text()}`))
    page.on('pageerror', (error) => console.log(`  [page error] ${error.message}`))
    await page.goto(server.url)
    const options = {
      url: server.url.replace('http', 'ws'),
      compositor: name === 'auto' ? null : name,
      sources: values.sources,
      encoding: { width, height, frameRate: Number(values.fps) },
      preview,
    }
    await page.evaluate(`window.startCheck(${JSON.stringify(options)})`)
    await page.waitForTimeout(2500)
    const goLive = performance.now()
    await page.evaluate('window.check.setWish(true)')
    while (server.received.packets.length === 0 && performance.now() - goLive < 5000) await page.waitForTimeout(5)
    const firstMs = (server.received.arrivedMs[0] ?? Number.NaN) - goLive
    await page.waitForTimeout(1500)
    const before = treeUsage(pid).cpuSeconds
    const startMs = performance.now()
    await page.waitForTimeout(Number(values.seconds) * 1000)
    const after = treeUsage(pid).cpuSeconds
    const seconds = (performance.now() - startMs) / 1000
    const figures = (await page.evaluate('window.check.figures()')) as Record<string, unknown>
    const failures = await page.evaluate('window.check.failures()')
    const statuses = (await page.evaluate('window.check.statuses()')) as { sourceId: string; condition: string; frameRate: number; evidence: string }[]
    if (values.shot) await page.screenshot({ path: `${values.shot}.page.png` })
    const byType: Record<string, number> = {}
    let total = 0
    for (const [id, cpu] of Object.entries(after)) {
      const percent = ((cpu - (before[Number(id)] ?? 0)) / seconds) * 100
      total += percent
      const type = /--type=([\w-]+)/.exec(commandLine(Number(id)))?.[1] ?? 'browser'
      byType[type] = Math.round(((byType[type] ?? 0) + percent) * 10) / 10
    }
    await page.evaluate('window.check.setWish(false)')
    const video = await probeVideo(server.received, join(folder, 'out.h264'))
    if (values.shot) {
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', join(folder, 'out.h264'), '-frames:v', '1', `${values.shot}.frame.png`])
    }
    const packets = server.received.packets.filter((packet) => packet.kind === 'video')
    const keys = packets.flatMap((packet, index) => (packet.key ? [index] : []))
    const steps = packets.slice(1).map((packet, index) => packet.timestampUs - (packets[index]?.timestampUs ?? 0))
    console.log(
      `${name}: ${total.toFixed(1)} % of a core ${JSON.stringify(byType)}; first packet after ${firstMs.toFixed(0)} ms; ` +
        `compose ${Number(figures.composeMs).toFixed(2)} ms, encode ${Number(figures.encodeMs).toFixed(2)} ms; dropped ${figures.framesDropped}; fps ${Number(figures.fps).toFixed(2)}; kbps ${Number(figures.videoKbps).toFixed(0)}`,
    )
    console.log(`  ${figures.compositor} | ${figures.videoEncoder} | ${figures.encoderReason} | audio ${figures.audioEncoder} ${figures.audioKbps} ${figures.driftPpm}`)
    console.log(
      `  ${packets.length} packets, ${video.frames} frames ${video.width}x${video.height} ${video.profile} ${video.level} B ${video.hasBFrames} ${video.colour}; ` +
        `keys at ${keys.join(',')}; steps ${Math.min(...steps)}..${Math.max(...steps)} µs; B-frames ${video.pictureTypes.includes('B')}; headers ${server.received.headers.length}; audio packets ${server.received.packets.length - packets.length}`,
    )
    console.log(`  ${statuses.map((each) => `${each.sourceId} ${each.condition} ${each.frameRate?.toFixed?.(1)} ${each.evidence}`).join('; ')} ${JSON.stringify(failures)}`)
    await page.evaluate('window.check.close()')
  } finally {
    await browser.close()
    await server.close()
  }
}
