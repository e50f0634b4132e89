/** What the user is to do while a check runs; each names its text. The others need nobody. */
const PROMPTS: Readonly<Record<string, string>> = {
  'camera.permission': 'allow', 'microphone.permission': 'allow', 'camera.picture': 'move', 'microphone.level': 'speak', 'microphone.loop': 'record', 'microphone.noise': 'silent',
  'speaker.tone': 'listen', 'speaker.loopback': 'silent', 'screen.permission': 'screen', 'screen.capture': 'screen', 'devices.sync': 'flash',
}

export const promptFor = (check: string): string | null => (Object.hasOwn(PROMPTS, check) ? PROMPTS[check]! : null)
