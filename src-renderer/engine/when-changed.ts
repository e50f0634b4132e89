/** Passes a value on when it differs, as JSON, from what was last passed on under that name. Gives a copy, because stores hand over reactive objects. */
export function whenChanged(): <T>(what: string, value: T, act: (copy: T) => void) => void {
  const said = new Map<string, string>()
  return <T>(what: string, value: T, act: (copy: T) => void) => {
    const text = JSON.stringify(value)
    if (said.get(what) === text) return
    said.set(what, text)
    act(JSON.parse(text) as T)
  }
}
