import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds in anybody's way on the page as it is now. `without`: rules that do not fit; `minor`: its small findings too. */
export async function violations(page: Page, { without = [], minor = false }: { without?: readonly string[]; minor?: boolean } = {}): Promise<string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }
  return found.violations
    .filter((each) => (minor || each.impact !== 'minor') && !without.includes(each.id))
    .map((each) => `${each.id} (${each.impact}): ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`)
}
