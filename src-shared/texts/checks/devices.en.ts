import type { CheckTexts } from './check-text.ts'
import { cannotOpenEn, cannotPlayEn, cannotShareEn } from './device-access.en.ts'

const camera = cannotOpenEn('camera')
const microphone = cannotOpenEn('microphone')

export const DEVICES_EN = {
  'camera.permission': {
    asks: 'May this program use the camera?',
    findings: { ...camera, granted: { says: 'The camera may be used, and it opens.', advice: '' } },
  },
  'camera.present': {
    asks: 'Is a camera connected?',
    findings: {
      found: { says: '{count} connected: {names}.', advice: '' },
      none: { says: 'No camera is connected.', advice: 'Put a camera in, see that it is switched on, or try another port.' },
      unnamed: { says: '{count} connected, but without permission their names are hidden.', advice: 'Allow the camera, then look again.' },
      'chosen-missing': { says: 'The chosen camera is not connected. Connected: {names}.', advice: 'Put it in again, or choose another camera.' },
      'show-missing': { says: 'The show uses {wanted}, which is not connected. Connected: {names}.', advice: 'Put it in, or choose another camera for that source.' },
      'other-default': { says: 'The show uses {wanted}; the system’s default is {default}.', advice: 'Choose the same in both, if that is not meant.' },
    },
  },
  'camera.picture': {
    asks: 'Does the camera give a good picture?',
    findings: {
      ...camera,
      good: { says: '{width} × {height} at {fps} frames a second, bright enough and moving.', advice: '' },
      smaller: { says: 'The camera gives {width} × {height} instead of {askedWidth} × {askedHeight}.', advice: 'Choose a size that the camera has, or use another camera.' },
      'broken-size': { says: 'The camera gives a picture of {width} × {height}: its driver is broken.', advice: 'Put the camera out and in again, or renew its driver.' },
      'no-frames': { says: 'The camera opens but gives no picture.', advice: 'Open its cover or switch, put it out and in again, or renew its driver.' },
      black: { says: 'The camera’s picture is black.', advice: 'Take the cover off the lens, switch its shutter or key, and see that there is light.' },
      'partly-black': { says: 'The camera’s picture is black now and then.', advice: 'Check the cable and the port, and the light in the room.' },
      frozen: { says: 'The camera’s picture does not move: it is frozen.', advice: 'Put the camera out and in again; close its maker’s tool if that shows a still picture.' },
      'partly-frozen': { says: 'The camera’s picture stops now and then.', advice: 'Use another port without a hub, and close programs that need much of the processor.' },
      dark: { says: 'The picture is too dark: {luma} of 255.', advice: 'Put a lamp in front of you rather than behind.' },
      'hardly-moving': { says: 'Only {fps} frames a second come.', advice: 'Use another port without a hub, a smaller size, or another camera.' },
      slow: { says: '{fps} frames a second come instead of {claimedFps}.', advice: 'Give it more light: cameras slow down in the dark. Else use another port or a smaller size.' },
      uneven: { says: '{fps} frames a second come, but unevenly: ± {jitterMs} ms.', advice: 'Use another port without a hub, and close programs that need much of the processor.' },
    },
  },
  'camera.modes': {
    asks: 'What can the camera really do?',
    findings: {
      ...camera,
      listed: { says: '{count} modes, the best {best}.', advice: '' },
      'slow-modes': { says: '{slow} of {count} modes are slower than they claim; the best that holds is {best}.', advice: 'Choose a mode that holds its rate.' },
      none: { says: 'The camera gives no picture in any mode.', advice: 'Put the camera out and in again, or renew its driver.' },
    },
  },
  'devices.sync': {
    asks: 'Do sound and picture come at the same time?',
    findings: {
      ...camera,
      'no-microphone': { says: 'The microphone could not be opened, so there is no sound to compare.', advice: 'Test the microphone by itself first.' },
      'no-screen': { says: 'There is nobody who shows the flashes.', advice: 'Start this test from the window’s own page, with the camera pointed at the screen.' },
      'no-flashes': { says: 'The camera did not see the flashes: {flashes} found.', advice: 'Point the camera at the flashing window, and darken the room a little.' },
      'no-beeps': { says: 'The microphone did not hear the beeps: {beeps} found.', advice: 'Turn the speaker up, take headphones off, and put the microphone near.' },
      'too-few': { says: 'Flashes ({flashes}) and beeps ({beeps}) do not belong together.', advice: 'Start again, in a quiet room and with the camera held still.' },
      'in-sync': { says: 'Sound and picture are {byMs} ms apart, which nobody notices.', advice: '' },
      late: { says: 'The sound comes {byMs} ms after the picture.', advice: 'Lower the microphone’s sync offset by {byMs} ms: the picture is then held back.' },
      early: { says: 'The sound comes {byMs} ms before the picture.', advice: 'Raise the microphone’s sync offset by {byMs} ms: the sound is then held back.' },
      drifts: { says: 'Sound and picture drift apart by {driftPpm} millionths: {byMs} ms off in the middle of the test.', advice: 'Use camera and microphone of one device, or another port; start the devices again before long shows.' },
    },
  },
  'microphone.permission': {
    asks: 'May this program use the microphone?',
    findings: { ...microphone, granted: { says: 'The microphone may be used, and it opens.', advice: '' } },
  },
  'microphone.present': {
    asks: 'Is a microphone connected, and the right one the default?',
    findings: {
      found: { says: '{count} connected: {names}.', advice: '' },
      none: { says: 'No microphone is connected.', advice: 'Put a microphone in, see that it is switched on, or try another port.' },
      unnamed: { says: '{count} connected, but without permission their names are hidden.', advice: 'Allow the microphone, then look again.' },
      'chosen-missing': { says: 'The chosen microphone is not connected. Connected: {names}.', advice: 'Put it in again, or choose another microphone.' },
      'show-missing': { says: 'The show uses {wanted}, which is not connected. Connected: {names}.', advice: 'Put it in, or choose another microphone for that source.' },
      'other-default': { says: '{wanted} is to be used, but the system’s default is {default}.', advice: 'Choose the same in both, so that other programs take it too.' },
    },
  },
  'microphone.level': {
    asks: 'Is your voice loud enough?',
    findings: {
      ...microphone,
      good: { says: 'Your voice comes well: {dbfs} dBFS.', advice: '' },
      muted: { says: 'The microphone is muted by the system or by its own switch.', advice: 'Press its mute key, or switch it on in the system’s sound settings.' },
      silent: { says: 'Nothing at all comes from the microphone: it is muted or broken.', advice: 'Press its mute key, see whether the plug is in, or choose another microphone.' },
      unheard: { says: 'Hardly anything is heard: {dbfs} dBFS.', advice: 'Speak into this microphone, turn its level up in the system’s sound settings, or choose another one.' },
      'too-quiet': { says: 'Your voice is too quiet: {dbfs} dBFS.', advice: 'Turn the microphone’s level up, or move closer.' },
      loud: { says: 'Your voice is loud: peaks at {peakDbfs} dBFS leave no room.', advice: 'Turn the microphone’s level down a little.' },
      clipping: { says: 'The sound is cut off at the top, {clips} times: it crackles.', advice: 'Turn the microphone’s level down, switch its boost off, or move away a little.' },
      constant: { says: 'The sound never changes ({dbfs} dBFS): a hum, or nobody spoke.', advice: 'Speak while the test listens. If you did, check the cable and choose another microphone.' },
      'dead-channel': { says: '{dead} of {channels} channels are silent; the voice comes only on one side.', advice: 'Check the plug, or make the source mono.' },
    },
  },
  'microphone.noise': {
    asks: 'Is it quiet enough around you?',
    findings: {
      ...microphone,
      quiet: { says: 'It is quiet: {dbfs} dBFS of noise.', advice: '' },
      audible: { says: 'Noise is audible: {dbfs} dBFS.', advice: 'Close windows, move fans away, or switch noise suppression on.' },
      noisy: { says: 'It is noisy: {dbfs} dBFS.', advice: 'Find what hums or blows, turn the microphone’s boost off, and switch noise suppression on.' },
      silent: { says: 'Nothing at all is heard, not even noise.', advice: 'Unmute the microphone; then test again.' },
    },
  },
  'microphone.rate': {
    asks: 'Does the sound have the right sample rate?',
    findings: {
      ...microphone,
      same: { says: 'Microphone and system work at {deviceHz} Hz, as the program does.', advice: '' },
      differs: { says: 'The microphone works at {deviceHz} Hz and the system’s output at {contextHz} Hz; the program at {programHz} Hz.', advice: 'Set both to 48000 Hz in the system’s sound settings: converting costs quality and can drift.' },
      narrow: { says: 'The microphone gives only {deviceHz} Hz: it sounds like a telephone.', advice: 'A wireless headset does that while its microphone is on: use another microphone.' },
    },
  },
  'microphone.loop': {
    asks: 'How do you sound?',
    findings: {
      ...microphone,
      recorded: { says: '{seconds} s were recorded; nobody has listened to them yet.', advice: 'Play the recording and answer whether you hear yourself well.' },
      silent: { says: 'The recording is silent.', advice: 'Unmute the microphone or choose another one; then record again.' },
      heard: { says: 'You heard yourself well.', advice: '' },
      'not-heard': { says: 'You did not hear yourself well.', advice: 'Test the speaker by itself; if that is well, the microphone’s level or the microphone itself.' },
    },
  },
  'speaker.present': {
    asks: 'Is a speaker connected, and the right one the default?',
    findings: {
      found: { says: '{count} connected: {names}.', advice: '' },
      none: { says: 'No speaker or headphones are connected.', advice: 'Put them in, see that they are switched on, or try another port.' },
      unnamed: { says: '{count} connected, but without permission for the microphone their names are hidden.', advice: 'Allow the microphone, then look again.' },
      'chosen-missing': { says: 'The chosen speaker is not connected. Connected: {names}.', advice: 'Put it in again, or choose another speaker.' },
      'show-missing': { says: 'The show uses {wanted}, which is not connected. Connected: {names}.', advice: 'Put it in, or choose another speaker.' },
      'other-default': { says: '{wanted} is to be used, but the system’s default is {default}.', advice: 'Choose the same in both, so that other programs take it too.' },
    },
  },
  'speaker.tone': {
    asks: 'Do you hear the chime?',
    findings: {
      ...cannotPlayEn,
      played: { says: 'The chime was played; nobody has said yet whether it was heard.', advice: 'Answer whether you heard it.' },
      heard: { says: 'You heard the chime.', advice: '' },
      'not-heard': { says: 'You did not hear the chime.', advice: 'Turn the volume up, see that the speaker is on and not muted, or choose another one.' },
    },
  },
  'speaker.loopback': {
    asks: 'Does the microphone hear the speaker?',
    findings: {
      ...microphone,
      ...cannotPlayEn,
      'chosen-missing': { says: 'The chosen microphone or speaker is not connected.', advice: 'Put it in again, or choose another one.' },
      faint: { says: 'The microphone hears the speaker faintly, {delayMs} ms later.', advice: '' },
      echo: { says: 'The microphone hears the speaker {delayMs} ms later, {riseDb} dB above the rest.', advice: 'Use headphones, or switch echo cancellation on, if others are heard while you speak.' },
      'strong-echo': { says: 'The microphone hears the speaker loudly: {delayMs} ms later, {riseDb} dB above the rest.', advice: 'Use headphones; else viewers hear everything twice.' },
      'not-found': { says: 'The microphone did not hear the speaker, which is right with headphones.', advice: '' },
    },
  },
  'screen.permission': {
    asks: 'May this program capture the screen?',
    findings: { ...cannotShareEn, granted: { says: 'The screen may be captured.', advice: '' } },
  },
  'screen.capture': {
    asks: 'Does capturing the screen give a picture?',
    findings: {
      ...cannotShareEn,
      good: { says: 'The screen comes at {width} × {height}, {fps} frames a second while it moves.', advice: '' },
      black: { says: 'The captured picture is black.', advice: 'Choose another screen or window: some protect themselves. Else renew the graphics driver, or switch hardware acceleration off.' },
      'no-frames': { says: 'No picture came: a window that is hidden or does not change gives none.', advice: 'Bring the window to the front, or choose a whole screen.' },
    },
  },
} as const satisfies CheckTexts
