import { parse } from 'vue/compiler-sfc'
import { baseParse, NodeTypes } from '@vue/compiler-dom'
import type { TemplateChildNode } from '@vue/compiler-dom'
import { describe, expect, it } from 'vitest'
import en from './en/messages.ts'
import { createStudioI18n, loadLanguage } from './i18n.ts'
import zhCN from './zh-CN/messages.ts'

const sources = Object.entries(import.meta.glob<string>('../**/*.{vue,ts}', { query: '?raw', import: 'default', eager: true }))
  .filter(([file]) => !/^\.\.\/(engine|bridge|dev|i18n)\//.test(file) && !/\.(test|d)\.ts$/.test(file) && !file.startsWith('./'))
const files = sources.map(([file]) => file)
const read = (file: string): string => new Map(sources).get(file) ?? ''

type Tree = { [key: string]: string | Tree }
function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`)))
}
const texts = { en: new Map(flat(en as unknown as Tree)), 'zh-CN': new Map(flat(zhCN as unknown as Tree)) }
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('texts', () => {
  it('has the same keys in every language', () => {
    expect([...texts['zh-CN'].keys()].sort()).toEqual([...texts.en.keys()].sort())
  })

  it.each([...texts.en.keys()])('%s says the same things in both', (key) => {
    const [english, chinese] = [texts.en.get(key) ?? '', texts['zh-CN'].get(key) ?? '']
    expect(english.trim()).not.toBe('')
    expect(chinese.trim()).not.toBe('')
    expect(placeholders(chinese)).toEqual(placeholders(english))
  })
})

/** Keys as they stand in the code; `${…}` in a template is any one part. */
function keysIn(source: string): string[] {
  const areas = Object.keys(en).join('|')
  return [...source.matchAll(new RegExp(`['\`]((?:${areas})\\.(?:[\\w.-]|\\$\\{[^}]*\\})+)['\`]`, 'g'))].map((match) => match[1] ?? '')
}

describe('keys', () => {
  const used = new Map<string, string>(files.flatMap((file) => keysIn(withoutTypes(read(file))).map((key) => [key, file] as const)))
  const pattern = (key: string) => new RegExp(`^${key.replace(/\$\{.*?\}(?=\.|$)/g, '\u0000').replace(/[.-]/g, '\\$&').replaceAll('\u0000', '[^.]+')}$`)
  const all = [...texts.en.keys()]

  it('finds the keys in the code', () => {
    expect(used.size).toBeGreaterThan(100)
  })

  it.each([...used])('%s (%s) has a text', (key) => {
    expect(all.some((each) => pattern(key).test(each))).toBe(true)
  })

  it('has no text that nothing shows', () => {
    const patterns = [...used.keys()].map(pattern)
    expect(all.filter((each) => !/^(reasons|serviceCodes)\./.test(each) && !patterns.some((one) => one.test(each)))).toEqual([])
  })
})

/** Addresses that are examples, units and names of the format are the same everywhere. */
const SAME_EVERYWHERE = /^(rtmps:\/\/live\.example\.com\/app|px|fps|s|kbit\/s|dB|%|°|·|\s)*$/
const SPOKEN = new Set(['title', 'aria-label', 'label', 'placeholder', 'alt', 'hint', 'text', 'description'])

function hardCoded(nodes: readonly TemplateChildNode[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type === NodeTypes.TEXT) return [node.content]
    if (node.type !== NodeTypes.ELEMENT) return []
    const spoken = node.props.flatMap((prop) => (prop.type === NodeTypes.ATTRIBUTE && SPOKEN.has(prop.name) ? [prop.value?.content ?? ''] : []))
    return [...spoken, ...hardCoded(node.children)]
  })
}

it.each(files.filter((each) => each.endsWith('.vue')))('%s has no text of its own', (file) => {
  const template = parse(read(file)).descriptor.template?.content ?? ''
  const found = hardCoded(baseParse(template).children).map((each) => each.trim()).filter((each) => !SAME_EVERYWHERE.test(each))
  expect(found).toEqual([])
})

it('switches while running, and loads a language once', async () => {
  const i18n = await createStudioI18n('en')
  expect(i18n.global.t('live.goLive')).toBe('Go live')
  await loadLanguage(i18n, 'zh-CN')
  expect(i18n.global.t('live.goLive')).toBe('开始直播')
  expect(i18n.global.t('sources.kinds.test-pattern')).toBe('测试图')
  await loadLanguage(i18n, 'en')
  expect(i18n.global.t('live.ready', { n: 2 }, 2)).toBe('Ready for 2 destinations')
  expect(i18n.global.t('live.ready', { n: 1 }, 1)).toBe('Ready for 1 destination')
})

/** Imports name files, not texts. */
function withoutTypes(source: string): string {
  return source.replace(/^import .*$/gm, '').replace(/import\('[^']*'\)/g, '')
}
