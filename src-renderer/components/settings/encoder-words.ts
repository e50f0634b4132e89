/** The words in which the engine speaks of encoders and compositors, longest first, with their keys under `settings.words`. */
const WORDS: readonly [words: string, key: string][] = [
  ['transcoded by FFmpeg', 'transcoded'], ['variable rate', 'variableRate'], ['not supported', 'notSupported'], ['not measured', 'notMeasured'],
  ['hardware', 'hardware'], ['software', 'software'], ['failed', 'failed'], ['no H.264', 'noH264'], ['platform', 'platform'],
]
const PATTERN = new RegExp(WORDS.map(([words]) => words.replaceAll('.', String.raw`\.`)).join('|'), 'g')

/** The same sentence in the window's language; names, numbers and what a driver said stay as they are. */
export function encoderWords(text: string, t: (key: string) => string): string {
  return text.replace(PATTERN, (found) => {
    const key = WORDS.find(([words]) => words === found)?.[1]
    return key ? t(`settings.words.${key}`) : found
  })
}
