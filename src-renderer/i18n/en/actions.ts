/** Everything that a key or the palette may do, the list of keys, looks and panels. */
export const actions = {
  actions: {
    openShow: 'Open show: {name}', useProfile: 'Switch to profile: {name}', secondCanvas: 'Second canvas on or off', endShow: 'End the show', undo: 'Undo', redo: 'Redo', record: 'Start or stop recording', pauseRecording: 'Pause or resume recording', chapter: 'Mark a chapter', replay: 'Save the replay', snapshot: 'Take a snapshot',
    mute: 'Mute or unmute {name}', solo: 'Listen to {name} alone', monitor: 'Monitor {name} or not', louder: '{name}: louder', softer: '{name}: softer', pushToTalk: 'Talk while held: {name}', pushToMute: 'Mute while held: {name}', layout: 'Layout: {name}',
    scene: 'Scene: {name}', prepareScene: 'Prepare scene: {name}',
    addSource: 'Add source: {kind}', selectSource: 'Go to source: {name}', placeSource: 'Show in this scene too: {name}', showSource: 'Show or hide {name}', countdown: 'Start or pause {name}', countdownReset: 'Reset {name}', addDestination: 'Add destination', switchOn: 'Switch on destination: {name}', switchOff: 'Switch off destination: {name}', retry: 'Try again now: {name}',
    page: 'Go to page: {name}', settingsTab: 'Settings: {name}', theme: 'Appearance: {name}', language: 'Language: {name}', palette: 'Find an action', keys: 'List of keys', nextPanel: 'To the next panel', previousPanel: 'To the panel before',
    showPanel: 'Show panel: {name}', hidePanel: 'Hide panel: {name}', textLarger: 'Larger texts', textSmaller: 'Smaller texts', contrast: 'High contrast on or off', density: 'Compact or comfortable',
    groups: { show: 'Show', scenes: 'Scenes', layouts: 'Layouts', sound: 'Sound', recording: 'Recording', sources: 'Sources', destinations: 'Destinations', editing: 'Editing', window: 'Window' },
  },
  palette: {
    title: 'Find an action', search: 'What would you like to do?', results: 'Actions', none: 'Nothing is called that.', notNow: 'not possible now', recent: 'Used recently', count: '{n} action | {n} actions',
  },
  hotkeys: {
    listTitle: 'Keys', change: 'Change keys…', search: 'Search for an action or a key', selection: 'In the preview and in the list of sources', add: 'Add keys for {name}', press: 'Press keys… Escape gives up',
    remove: 'Remove {keys} from {name}', reset: 'Usual keys for {name}', resetAll: 'Reset all keys', resetTitle: 'Reset all keys?', resetText: 'Every action gets its usual keys again.', changed: 'Changed', full: 'An action has room for {n}.',
    conflict: '{keys} is also used by', global: 'Also while another window is in front', globalRefused: '{keys}: another program has this key, or the system does not give it.', holdHint: 'Works while it is held down.', withKeys: '{name} ({keys})',
    hosts: {
      can: 'Keys of actions marked with the globe also work while another window is in front.',
      portal: 'Keys of actions marked with the globe also work while another window is in front. On Wayland your desktop asks for your consent and may choose other keys: look at its own settings.',
      'window-only': 'Keys work while this window is in front. A browser does not hear keys that are pressed in other windows; the desktop program does.',
    },
    export: 'Export settings…', import: 'Import settings…', imported: 'The settings were taken over.', invalid: 'This is not a file of Castwright’s settings, or one of a newer Castwright. Nothing was changed.',
  },
  look: {
    contrast: 'Contrast', contrasts: { system: 'As the system', usual: 'Usual', more: 'High' }, density: 'Density', densities: { comfortable: 'Comfortable', compact: 'Compact' }, text: 'Size of texts', motion: 'Movement',
    motions: { system: 'As the system', reduced: 'Reduced' }, percent: '{n} %',
  },
  view: {
    title: 'View', show: 'Show', hide: 'Hide', hidden: '{name} (hidden)', earlier: 'Move before', later: 'Move behind', toSide: 'To the side', toBottom: 'Below the preview', reset: 'Reset panels', panels: 'Panels',
  },
}
