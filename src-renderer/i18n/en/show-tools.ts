/** What can be done with whole shows and profiles, and presets of the picture. */
export const showTools = {
  showTools: {
    duplicate: 'Duplicate show', copyOf: '{name} (copy)', older: 'Older states…', remove: 'Remove show…', fromObs: 'Import from OBS…', profiles: 'Profiles…',
    whileLive: 'Other shows and older states wait until you are off air.', busy: { import: 'Importing… {percent} %', export: 'Exporting… {percent} %' },
    removeTitle: 'Remove this show?', removeText: '“{name}” goes to the trash in the data folder. Its older states stay there, too.', removeYes: 'Remove',
    olderTitle: 'Older states of this show', olderText: 'Up to ten, closer together the nearer they are to now. Going back keeps what is there now as an older state, and can be undone.',
    olderEmpty: 'There are none yet. The first is kept when the show has been changed.', restore: 'Go back to it',
    holds: '{scenes}, {sources}', scenes: '{n} scene | {n} scenes', sources: '{n} source | {n} sources',
    obs: {
      title: 'Import from OBS', text: 'A scene collection, as a file: in OBS, Scene Collection → Export. It becomes a show of its own; yours stay as they are.',
      choose: 'Choose file…', none: 'No file chosen', canvas: 'Canvas in OBS', canvasHint: 'Settings → Video → Base resolution. OBS 31 writes it into the file, which then counts.',
      run: 'Import', tooLarge: 'The file is larger than 20 MB.', done: 'The show “{name}” is open.', all: 'Everything could be carried over.',
      left: '{n} thing is not in it, or not as it was: | {n} things are not in it, or not as they were:',
      why: {
        'source-kind': 'Castwright has no source of this kind.', 'filter-kind': 'Castwright has no filter of this kind.', 'file-missing': 'The file is not on this computer.', 'file-unusable': 'The file is not a picture that can be used.',
        'transition-kind': 'There is no such transition here; it fades.', blend: 'Pictures are not blended here; it covers what is behind it.', 'item-transition': 'It appears and goes at once.',
        hotkeys: 'Hotkeys are not carried over.', circle: 'It would show itself.', 'too-many': 'There are more than a show can hold.', 'nothing-to-show': 'There is nothing to show in it.',
        'choose-again': 'Choose it again: select it, and look under Properties.', 'sound-of-screen': 'The computer’s sound comes with a screen here, which is asked for anew.',
        'size-unknown': 'Its size is not in the file; check its place.', bounds: 'It fits into its box in another way.', 'group-turned': 'It was turned in a group that is stretched; check its place.',
      },
    },
  },
  profiles: {
    title: 'Profiles', text: 'A profile holds the settings of picture and sound, and the destinations. Shows stay as they are; the open one takes the settings of the profile that you switch to.',
    unnamed: 'Standard', inUse: 'In use', use: 'Switch to it', create: 'New profile', createName: 'New profile {n}', rename: 'Rename', duplicate: 'Duplicate…', remove: 'Remove…', import: 'Import…', export: 'Export',
    facts: '{width} × {height}, {fps} fps, {rate} · {destinations}', destinations: 'no destination | {n} destination | {n} destinations',
    differs: 'The open show differs from this profile: {width} × {height}, {fps} fps, {rate}.', apply: 'Use the profile’s settings', whileLive: 'Profiles can be switched when you are off air.',
    duplicateTitle: 'Duplicate with its keys?', duplicateText: 'Stream keys and tokens of “{name}” can come along. Without them the copy’s destinations are switched off until they have their own.',
    withKeys: 'With keys', withoutKeys: 'Without keys', removeTitle: 'Remove this profile?', removeText: '“{name}” goes with its destinations and their keys. This cannot be undone.',
    exported: 'Exported files never hold stream keys.',
  },
  quality: {
    kind: 'For', kinds: { studio: 'Streaming services', mixed: 'A room, composed picture', single: 'A room, one camera or screen' },
    single: '{width} × {height}, {fps} fps, {min} to {max} kbit/s', sound: 'Sound', sounds: { speech: 'Speech: {rate}, mono', default: 'Usual: {rate}, mono', music: 'Music: {rate}, stereo', studio: 'Studio: {rate}, stereo', own: 'Own value: {rate}' },
    channels: 'Channels', channelCounts: { 1: 'Mono', 2: 'Stereo' },
    limits: 'What your destinations take',
  },
}
