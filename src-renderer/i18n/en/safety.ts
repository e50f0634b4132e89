/** After an unclean end, a safe start, and the log. */
export const safety = {
  safeStart: {
    title: 'The studio did not end cleanly', and: ', ',
    was: 'It was opened {at} and was cut off, by a crash or by the computer.', wasUnknown: 'It was cut off, by a crash or by the computer.',
    live: 'It was live to: {names}.', liveElsewhere: 'It was live to destinations that are not set up any more.', recording: 'It was recording.', idle: 'It was neither live nor recording.',
    again: 'This happened twice in a row soon after the start. Most likely a device, a filter or a web page is the reason: a safe start leaves them out.',
    choices: {
      'go-on': { says: 'Go on with the show', hint: 'Everything as it was: live again to the same destinations, recorded again if it was.' },
      safe: { says: 'Safe start', hint: 'No camera, microphone, screen, web page, filter or global key until you start them.' },
      open: { says: 'Just open the studio', hint: 'The show is there; nothing goes live or is recorded.' },
    },
    repair: { none: 'Cut-off recordings are repaired by themselves.', running: 'Repairing recordings: {n} left', failed: 'Recordings that could not be repaired: {n}', open: 'Recordings' },
    bar: 'Safe start: cameras, microphones, screens, web pages, filters and global keys are off.', start: 'Start the sources',
  },
  logs: {
    title: 'Log', level: 'From level', levels: { debug: 'Everything', info: 'Information', warn: 'Warnings', error: 'Errors' },
    marks: { debug: 'Detail', info: 'Info', warn: 'Warning', error: 'Error' },
    search: 'Search', follow: 'Follow', copy: 'Copy what is shown', copied: 'Copied', reveal: 'Show the file', older: 'Older lines', searching: 'Looking…', empty: 'There are no such lines.',
    list: 'Lines of the log', hint: 'Keys, tokens and what addresses carry behind “?” are never written down.',
  },
}
