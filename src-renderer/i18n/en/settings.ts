/** Settings, and the first screen of all. */
export const settings = {
  settings: {
    title: 'Settings', tabs: { encoding: 'Picture and sound', general: 'Appearance', hotkeys: 'Keys', connection: 'Connection', recording: 'Recording', notices: 'Notices' },
    presets: 'Picture', preset: '{width} × {height}, {fps} fps', presetPortrait: '{width} × {height}, {fps} fps, portrait', custom: 'Own values',
    width: 'Width', height: 'Height', frameRate: 'Frame rate', keyFrames: 'Key frame every', videoRate: 'Video bitrate', audioRate: 'Audio bitrate',
    whileLive: 'While live only the video bitrate can be changed.', videoEncoder: 'Video encoder', audioEncoder: 'Audio encoder', compositor: 'Compositor',
    words: {
      transcoded: 'transcoded by FFmpeg', variableRate: 'variable rate', notSupported: 'not supported', notMeasured: 'not measured',
      hardware: 'hardware', software: 'software', failed: 'failed', noH264: 'no H.264', platform: 'platform',
    },
    language: 'Language', theme: 'Appearance', themes: { dark: 'Dark', light: 'Light', system: 'As the system' }, version: 'Castwright {version}, {host} host, {platform}',
    automatic: 'Go live by itself', automaticHint: 'As soon as a camera or a screen is on. A show that you end stays ended until the picture has been off for ten seconds.',
    failAfter: 'Not reachable after', failAfterHint: 'A destination that could not be reached or restored for this long counts as not reachable.',
    failedIsFinal: 'Then stop trying', failedIsFinalHint: 'Usually off: Castwright goes on trying for as long as the show is on.',
  },
  firstRun: {
    title: 'What would you like to show?', text: 'One click and you see a picture. You can change everything later.',
    testPattern: { title: 'Test pattern', text: 'Moving bars with a clock and a beep. Good for trying things out.' },
    camera: { title: 'Camera', text: 'Your camera with your microphone.' },
    screen: { title: 'Screen', text: 'Your whole screen or one window.' },
    next: 'Then press Go live. Rehearsal is ready: it stays on this computer and needs no account.', skip: 'Start with an empty show',
  },
}
