/** The words in which the engine speaks of encoders and compositors, longest first, with the key of their translation. */
const WORDS: readonly [words: string, key: string][] = [
  ['transcoded by FFmpeg', 'settings.words.transcoded'], ['variable rate', 'settings.words.variableRate'], ['not supported', 'settings.words.notSupported'], ['not measured', 'settings.words.notMeasured'],
  ['hardware', 'settings.words.hardware'], ['software', 'settings.words.software'], ['failed', 'settings.words.failed'], ['no H.264', 'settings.words.noH264'], ['platform', 'settings.words.platform'],
]
const PATTERN = new RegExp(WORDS.map(([words]) => words.replaceAll('.', String.raw`\.`)).join('|'), 'g')

/** The same sentence in the window's language; names, numbers and what a driver said stay as they are. */
export function encoderWords(text: string, t: (key: string) => string): string {
  return text.replace(PATTERN, (found) => {
    const key = WORDS.find(([words]) => words === found)?.[1]
    return key ? t(key) : found
  })
}
