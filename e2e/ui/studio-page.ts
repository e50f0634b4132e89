import type { Page } from '@playwright/test'
import type { DevStudio } from './dev-studio.ts'

/** What the dev page leaves for scripts; only what is used here. */
export interface Fakes {
  bridge: { calls: { service: string; call: string; input: unknown }[]; saved: { scenes: { items: Item[] }[]; sources: { id: string; name: string }[] }[] }
  engine: { asked: string[]; show: { scenes: { items: Item[] }[]; sources: { id: string; kind: string; name: string }[] } }
}
export interface Item {
  id: string
  x: number
  y: number
  width: number
  height: number
  rotationDeg: number
  groupId?: string
  crop: { left: number; top: number; right: number; bottom: number }
}

/** Opens the window in one state; what it complains about is gathered. */
export async function openStudio({ browser, pages }: DevStudio, scenario: string, more: Record<string, string> = {}, size = { width: 1280, height: 720 }): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: size })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()))
  await page.goto(pages.url({ scenario, ...more }))
  await page.getByTestId('live-button').waitFor()
  await page.getByTestId('handles').waitFor()
  return { page, problems }
}

export const fakes = <T>(page: Page, read: (fakes: Fakes) => T): Promise<T> => page.evaluate(`(${read.toString()})(globalThis.fakes)`) as Promise<T>
export const item = async (page: Page, id: string): Promise<Item> => {
  const items = await fakes(page, ({ engine }) => engine.show.scenes[0]?.items ?? [])
  const found = items.find((each) => each.id === id)
  if (!found) throw new Error(`no item ${id}`)
  return found
}

/** Where a point of the 1280 x 720 canvas is on the screen. */
export async function onScreen(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.getByTestId('preview').boundingBox()
  if (!box) throw new Error('no preview')
  return [box.x + (x * box.width) / 1280, box.y + (y * box.height) / 720]
}

export async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 })
  await page.mouse.move(...to, { steps: 4 })
  await page.mouse.up()
}
