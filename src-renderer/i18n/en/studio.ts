/** The window itself: bar, preview, layout, what is announced. */
export const studio = {
  app: { name: 'Castwright', unreachable: 'This page has no studio behind it. Start Castwright again and use the window that it opens.', lost: 'The studio’s engine room has stopped. Start Castwright again; your show is saved.', replaced: 'Castwright is open in another window now.', useHere: 'Use it here' },
  announce: { live: 'You are live.', ended: 'The show has ended.', state: '{name}: {state}.' },
  common: {
    cancel: 'Cancel', close: 'Close', save: 'Save', fps: '{n} fps', kbps: '{n} kbit/s', mib: '{n} MiB', ms: '{n} ms', seconds: '{n} s',
  },
  layout: {
    previewHeight: 'Height of the preview', sideWidth: 'Width of the preview and the panels below it', size: 'Size of {name}', panels: 'More panels', controls: 'Going live and recording',
  },
  live: {
    badge: 'LIVE', off: 'Off air', time: 'Live time', goLive: 'Go live', end: 'End', ending: 'Ending…',
    ready: 'Ready for {n} destination | Ready for {n} destinations',
    needsDestination: 'Switch on a destination to go live. Rehearsal needs no account.',
    needsSource: 'Add a source first, so that there is something to see.',
    endTitle: 'End the show?', endText: 'All destinations are disconnected, and viewers are told that the show is over.',
  },
  pages: { title: 'Pages', studio: 'Studio', recordings: 'Recordings', statistics: 'Statistics', diagnostics: 'Diagnostics' },
  notices: { title: 'Notices', dismiss: 'Dismiss' },
  preview: {
    name: 'Preview', nameSelected: 'Preview, {name} selected',
  },
  shows: {
    unnamed: 'Untitled show', rename: 'Rename show', create: 'New show', open: 'Open show', import: 'Import from file…', export: 'Export to file…', notSaved: 'Not saved',
  },
  top: {
    bar: 'Show and pages', undo: 'Undo', redo: 'Redo', languageMark: 'EN', toLight: 'Light appearance', toDark: 'Dark appearance', figures: 'Figures',
    fps: 'fps', rate: 'Rate', dropped: 'Dropped', cpu: 'CPU', cpuTitle: 'Of one processor core, everything the studio runs', tones: { warn: '(low)', bad: '(bad)' },
  },
}
