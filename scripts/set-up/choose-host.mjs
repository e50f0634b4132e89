/** The value of `--host` among the studio's options (`--host X` or `--host=X`), or null. Everything else is the studio's to judge. */
export function askedHost(options) {
  const at = options.indexOf('--host')
  if (at >= 0) return options[at + 1] ?? null
  const joined = options.find((option) => option.startsWith('--host='))
  return joined ? joined.slice('--host='.length) : null
}

/**
 * Which host runs the studio, and the one line that says why. `host` null = it cannot be done as asked.
 * An unknown host is left to the studio itself, which knows how to say what is wrong with a call.
 */
export function chooseHost({ asked, binary, display }) {
  if (asked === 'electron') {
    return binary
      ? { host: 'electron', why: 'Castwright runs in Electron, as asked.' }
      : { host: null, why: 'Electron was asked for (--host electron), but its program is not here; CASTWRIGHT_ELECTRON=retry npm start tries the download again.' }
  }
  if (asked !== null) return { host: 'browser', why: 'Castwright runs in an installed browser, as asked.' }
  if (!binary) return { host: 'browser', why: "Castwright runs in an installed browser, because Electron's program is not here." }
  if (!display) return { host: 'browser', why: 'Castwright runs in an installed browser, because there is no display for Electron.' }
  return { host: 'electron', why: 'Castwright runs in Electron.' }
}
