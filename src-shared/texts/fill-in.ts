/** Puts parameters into a sentence: `{name}`. What has none stays as it is. Never something of `Object.prototype`: names may come from anybody. */
export const fillIn = (sentence: string, params: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(Object.hasOwn(params, key) ? params[key] : whole))
