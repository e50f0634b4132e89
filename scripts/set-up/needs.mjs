/**
 * What the studio and its tests need from the operating system, and what that is called where.
 * `purpose` says who needs it; `test` needs everything that `start` needs too.
 * `without` is the sentence for a system where it is missing and the studio can do without; null = it cannot.
 */
export const NEEDS = {
  browser: {
    purpose: 'start',
    what: 'Chrome, Chromium or Edge',
    packages: { apt: ['chromium'], dnf: ['chromium'], pacman: ['chromium'], zypper: ['chromium'], apk: ['chromium'], brew: ['--cask google-chrome'], winget: ['Google.Chrome'] },
    without: null,
  },
  ffmpeg: {
    purpose: 'start',
    what: 'FFmpeg',
    packages: { apt: ['ffmpeg'], dnf: ['ffmpeg-free'], pacman: ['ffmpeg'], zypper: ['ffmpeg'], apk: ['ffmpeg'], brew: ['ffmpeg'], winget: ['Gyan.FFmpeg'] },
    without: 'going live and rehearsing work without it; network and file sources, SRT, and browsers without an H.264 encoder do not.',
  },
  chineseFont: {
    purpose: 'start',
    what: 'a font with Chinese characters',
    packages: { apt: ['fonts-noto-cjk'], dnf: ['google-noto-sans-cjk-fonts'], pacman: ['noto-fonts-cjk'], zypper: ['google-noto-sans-cjk-fonts'], apk: ['font-noto-cjk'] },
    without: 'everything works without it; Chinese text shows as boxes.',
  },
  ffprobe: {
    purpose: 'test',
    what: 'ffprobe',
    packages: { apt: ['ffmpeg'], dnf: ['ffmpeg-free'], pacman: ['ffmpeg'], zypper: ['ffmpeg'], apk: ['ffmpeg'], brew: ['ffmpeg'], winget: ['Gyan.FFmpeg'] },
    without: null,
  },
  openssl: {
    purpose: 'test',
    what: 'openssl',
    packages: { apt: ['openssl'], dnf: ['openssl'], pacman: ['openssl'], zypper: ['openssl'], apk: ['openssl'], brew: ['openssl'], winget: ['ShiningLight.OpenSSL.Light'] },
    without: null,
  },
  nginxRtmp: {
    purpose: 'test',
    what: 'nginx with its RTMP and stream modules',
    packages: { apt: ['nginx', 'libnginx-mod-rtmp', 'libnginx-mod-stream'] },
    without: 'the other tests run without it; those against nginx-rtmp are reported as skipped.',
  },
  janus: {
    purpose: 'test',
    what: 'the Janus WebRTC server',
    packages: { apt: ['janus'] },
    without: 'the other tests run without it; those against Janus are reported as skipped.',
  },
  coturn: {
    purpose: 'test',
    what: 'the TURN server coturn',
    packages: { apt: ['coturn'] },
    without: 'the other tests run without it; those through a TURN server are reported as skipped.',
  },
}

/** Which of the needs are missing for `purpose`, given what was found. */
export function missingNeeds(purpose, found) {
  return Object.keys(NEEDS).filter((name) => !found[name] && (purpose === 'test' || NEEDS[name].purpose === 'start'))
}

/** The package manager to speak of: apt where Debian's family is, else by the system; null = none that we know. */
export function packageManager(platform, osRelease, has) {
  if (platform === 'darwin') return 'brew'
  if (platform === 'win32') return 'winget'
  const family = /^ID(?:_LIKE)?=.*$/gm
  const names = (osRelease.match(family) ?? []).join(' ')
  if (/\b(debian|ubuntu)\b/.test(names)) return 'apt'
  if (/\b(fedora|rhel|centos)\b/.test(names)) return 'dnf'
  if (/\b(arch|manjaro)\b/.test(names)) return 'pacman'
  if (/\bsuse\b/.test(names)) return 'zypper'
  if (/\balpine\b/.test(names)) return 'apk'
  return has('apt-get') ? 'apt' : (['dnf', 'pacman', 'zypper', 'apk'].find((program) => has(program)) ?? null)
}

export function packagesFor(manager, missing) {
  return [...new Set(missing.flatMap((name) => NEEDS[name].packages[manager] ?? []))]
}

/** The exact line that a user types to install what is missing; null where there is no package for it. */
export function installCommand(manager, packages, { root = false } = {}) {
  if (packages.length === 0) return null
  const sudo = root ? '' : 'sudo '
  switch (manager) {
    case 'apt': return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`
    case 'dnf': return `${sudo}dnf install -y ${packages.join(' ')}`
    case 'pacman': return `${sudo}pacman -S --needed ${packages.join(' ')}`
    case 'zypper': return `${sudo}zypper install -y ${packages.join(' ')}`
    case 'apk': return `${sudo}apk add ${packages.join(' ')}`
    case 'brew': return packages.map((name) => `brew install ${name}`).join(' && ')
    case 'winget': return packages.map((name) => `winget install --exact --id ${name}`).join(' ; ')
    default: return null
  }
}
