/** The mixer's strips, filters, loudness and monitoring. */
export const mixer = {
  strip: {
    solo: 'Listen to {name} alone', monitor: 'Monitor {name}', menu: 'More for {name}', pan: 'Balance of {name}', clipped: '{name} clipped. Select to clear.', talk: 'Hold to talk: {name}',
    muteWhile: 'Hold to mute: {name}', filters: 'Filters…', settings: 'Sound settings…', resetVolume: 'Volume to 0 dB', resetPan: 'Balance to the middle', filtered: 'no filters on | {n} filter on | {n} filters on',
    left: 'L', right: 'R', centre: 'C',
    out: { 'not-named': 'Not in the mix', 'too-many': 'Left out: 16 at most', 'monitor-only': 'Desk only', 'picture-only': 'Program without sound', 'other-tracks': 'Recordings only' },
  },
  sound: {
    title: 'Sound of {name}', inMix: 'In the program’s mix', inMixHint: 'At most 16 sources are mixed.', pan: 'Balance', sync: 'Sync offset',
    syncHint: 'Positive: this sound comes later. Negative: all other sounds are held back; the picture is not.', monitor: 'Monitoring',
    monitors: { off: 'Off', 'monitor-only': 'Desk only, not in the program', both: 'Desk and program' }, push: 'While its key is held', pushes: { off: 'Nothing changes', talk: 'Heard (push to talk)', mute: 'Silent (push to mute)' },
    tracks: 'Tracks of recordings', track: 'Track {n}', tracksHint: 'The first track is what is sent. Which tracks are recorded is chosen in the settings.', capture: 'How the microphone is opened', suppressed: 'Off while the strip has noise suppression of its own.',
  },
  filters: {
    title: 'Filters of {name}', add: 'Add filter', none: 'No filters yet. They change the sound in their order, before the fader.', bypass: 'Bypass all', remove: 'Remove {name}', up: 'Move {name} up', down: 'Move {name} down',
    on: '{name} on', list: 'Filters in their order', reduction: 'Reduces by {db} dB', full: 'A strip has room for 20 filters.',
    kinds: {
      'noise-suppression': 'Noise suppression', gate: 'Noise gate', expander: 'Expander', compressor: 'Compressor, ducking', 'three-band-eq': '3-band equalizer', 'parametric-eq': 'Parametric equalizer',
      limiter: 'Limiter', gain: 'Gain',
    },
    fields: {
      openDb: 'Opens at', closeDb: 'Closes at', attackMs: 'Attack', holdMs: 'Hold', releaseMs: 'Release', ratio: 'Ratio', thresholdDb: 'Threshold', outputGainDb: 'Output gain', gainDb: 'Gain',
      lowDb: 'Low', midDb: 'Middle', highDb: 'High',
    },
    strength: 'Strength', strengths: { low: 'Low (Speex)', standard: 'Standard (RNNoise)', strong: 'Strong (GTCRN)' }, detect: 'Measures', detects: { rms: 'Loudness (RMS)', peak: 'Peaks' },
    key: 'Ducks under', keyNone: 'Nothing: its own level', addBand: 'Add band', band: 'Band {n}', removeBand: 'Remove band {n}', frequency: 'Frequency', width: 'Q',
    bandKind: 'Shape', bandKinds: { 'low-shelf': 'Low shelf', peak: 'Bell', 'high-shelf': 'High shelf', 'low-pass': 'Low-pass', 'high-pass': 'High-pass', notch: 'Notch' },
    suppressionFailed: 'Noise suppression could not be loaded; the sound goes on without it. {evidence}',
  },
  loudness: {
    title: 'Loudness', show: 'Loudness of the program', momentary: 'Momentary', shortTerm: 'Short-term', range: 'Range', truePeak: 'True peak', target: 'Target',
    targets: { lufs14: '-14 LUFS, streaming', lufs16: '-16 LUFS, podcasts', lufs23: '-23 LUFS, broadcasting' }, reset: 'Start again', since: 'Integrated over {time}',
    above: '{lu} LU above the target', below: '{lu} LU below the target', on: 'On target',
  },
  output: {
    title: 'Program and monitoring', open: 'Program and monitoring', media: 'The program carries', medias: { both: 'Picture and sound', sound: 'Sound, with a black picture', picture: 'Picture without sound' },
    device: 'Monitor on', volume: 'Monitor volume', failed: 'The monitor’s device does not play. {evidence}', hint: 'What is monitored plays here. If a captured screen brings the system’s sound along, use headphones on another device.',
  },
}
