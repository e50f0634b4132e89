/** Longer texts are a paste accident: a whole page, a log, a file. */
export const MAX_PASTE_LENGTH = 8000

export type PasteTextProblem = 'empty' | 'too-long' | 'control-characters'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', colon: ':', sol: '/', quest: '?', equals: '=' }

/** Makes plain text of what came from a web page, a chat or a mail: no entities, no invisible marks, one kind of line end. */
export function cleanPaste(pasted: string): { text: string } | { problem: PasteTextProblem } {
  if (pasted.length > MAX_PASTE_LENGTH) return { problem: 'too-long' }
  const visible = pasted
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    // Marks that web pages and chats put between characters; nobody means them.
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
  const text = withoutEntities(withoutEntities(visible)).trim()
  if (text === '') return { problem: 'empty' }
  if (/[^\P{Cc}\n\t]/u.test(text)) return { problem: 'control-characters' }
  return { text }
}

/** Twice, because what was copied from a page's source may have been escaped twice. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}

/** Takes quotes, brackets and what ends a sentence off a value. */
export function bare(value: string): string {
  let before = ''
  let now = value.trim()
  while (now !== before) {
    before = now
    now = now.replace(/^["'“”‘’`<「『《【]+|["'“”‘’`>」』》】]+$/g, '').replace(/[,;，；。、]+$/, '').replace(/\\+$/, '').trim()
  }
  return now
}
