/** The oldest Node that can set the studio up; what is installed then brings a newer one of its own. */
export const OLDEST_NODE = [20, 19]

/** True when `version` (e.g. `20.19.1`) is new enough to start with. */
export function isNodeNewEnough(version, oldest = OLDEST_NODE) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** Ends the process with a sentence when this Node is too old. Called before anything else is loaded. */
export function requireNode(version = process.versions.node) {
  if (isNodeNewEnough(version)) return
  process.stderr.write(
    `Castwright needs Node ${OLDEST_NODE.join('.')} or later to start; this is Node ${version}. Install a newer one from your system's packages or from nodejs.org and try again.\n`,
  )
  process.exit(2)
}
