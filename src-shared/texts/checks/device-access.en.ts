import type { FindingText } from './check-text.ts'

/** What keeps any check from a camera or a microphone. */
export const cannotOpenEn = (thing: 'camera' | 'microphone') =>
  ({
    denied: { says: `The ${thing} is not allowed for this program.`, advice: `Allow the ${thing} at the sign beside the address, or in the system’s privacy settings; then start the program again.` },
    'denied-by-system': { says: `The system does not let this program use the ${thing}.`, advice: `Switch the ${thing} on for this program in the system’s privacy settings; then start the program again.` },
    busy: { says: `The ${thing} is held by another program, or its driver does not answer.`, advice: `Close other programs that may use the ${thing} (meetings, its maker’s own tool), or put it out and in again.` },
    missing: { says: `No ${thing} is connected.`, advice: `Put the ${thing} in, see that it is switched on, or try another port.` },
    'chosen-missing': { says: `The chosen ${thing} is not connected.`, advice: `Put it in again, or choose another ${thing}.` },
    unplugged: { says: `{name} was taken out during the test and did not come back.`, advice: `Put it in again, firmly and in another port, and start the test again.` },
  }) as const satisfies Record<string, FindingText>

/** What keeps a check from a loudspeaker. */
export const cannotPlayEn = {
  'chosen-missing': { says: 'The chosen speaker is not connected.', advice: 'Put it in again, or choose another speaker.' },
  unsupported: { says: 'Here the sound cannot be sent to a chosen speaker; it goes to the system’s default.', advice: 'Choose the speaker in the system’s sound settings.' },
  blocked: { says: 'The page may not play sound before somebody has clicked into it.', advice: 'Click into the window and start the test again.' },
  stuck: { says: 'The speaker does not take the sound.', advice: 'Choose another speaker, or put this one out and in again.' },
} as const satisfies Record<string, FindingText>

/** What keeps a check from a screen. */
export const cannotShareEn = {
  denied: { says: 'Capturing the screen is not allowed for this program.', advice: 'Allow it in the settings of the window’s page, and start the test again.' },
  'denied-by-system': { says: 'The system does not let this program capture the screen.', advice: 'Switch screen recording on for this program in the system’s privacy settings; then start the program again.' },
  'not-chosen': { says: 'No screen was chosen, so nothing was captured.', advice: 'Start the test again and choose a screen or a window; skip it where no screen is shown.' },
  'needs-gesture': { says: 'A screen can only be asked for right after a click.', advice: 'Start this test by its own button; skip it where no screen is shown.' },
  'no-answer': { says: 'Nobody answered the question which screen to capture.', advice: 'Start the test again and choose a screen or a window.' },
  busy: { says: 'The screen could not be captured: the system gave no picture.', advice: 'Close other programs that record the screen, or start the computer again.' },
  unsupported: { says: 'This program cannot capture screens here.', advice: 'Use the desktop program, or a current browser.' },
} as const satisfies Record<string, FindingText>
