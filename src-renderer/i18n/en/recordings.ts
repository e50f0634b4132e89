/** What was recorded. */
export const recordings = {
  recordings: {
    search: 'Search recordings', all: 'Everything', filter: 'Show', refresh: 'Look again', openFolder: 'Show folder',
    sum: '{n} file · {length} · {size} | {n} files · {length} · {size}', free: '{size} free', scanning: 'Looking through the folder…',
    emptyTitle: 'Nothing recorded yet', emptyText: 'Recordings, replays and snapshots appear here, in {folder}.', noneTitle: 'Nothing found', noneText: 'No recording matches what you look for.', clearSearch: 'Show everything',
    list: 'Recordings by show. Arrow keys move, Space selects, Enter plays, Delete moves to the trash.', other: 'Other files', selectShow: 'Select all of {name}', select: 'Select {name}',
    kinds: { recording: 'Recording', replay: 'Replay', snapshot: 'Snapshot', joined: 'Joined', merged: 'Merged', converted: 'Converted' },
    conditions: { writing: 'Being recorded', unfinished: 'Cut off', broken: 'Damaged' },
    play: 'Play {name}', look: 'Look at {name}', reveal: 'Show {name} in its folder', repair: 'Repair', trash: 'Move {name} to the trash',
    selected: '{n} selected | {n} selected', clear: 'Clear selection',
    join: 'Join', merge: 'Merge…', convert: 'Convert to', toTrash: 'Move to trash',
    trashTitle: 'Move to the trash? | Move {n} files to the trash?', trashText: '{name}, {size}.', trashMany: '{size} altogether.', trashed: '{n} file was moved to the trash. | {n} files were moved to the trash.', undo: 'Undo',
    jobs: {
      title: 'Work on recordings', join: 'Joining', merge: 'Merging', convert: 'Converting', repair: 'Repairing', cancel: 'Cancel {title}', dismiss: 'Remove {title} from the list',
      waiting: 'waiting', running: 'running', done: 'done', failed: 'failed', cancelled: 'cancelled',
    },
    mergeTitle: 'Merge streams', mergeText: 'Pieces of the same person become one MP4, coded anew. The originals stay.',
    mode: 'Result', modes: { segments: 'One file per run', merge: 'One file of everything' }, modeHint: { segments: 'Pieces more than 15 seconds apart belong to different runs.', merge: 'All pieces, in the order in which they were recorded.' },
    gaps: 'Fill gaps with black and silence', gapsHint: 'Otherwise the pieces follow each other without a pause.',
    sound: 'Sound goes with', sounds: { main: 'The camera', any: 'Whichever there is', aux: 'The screen' }, people: '{n} person, {files} | {n} people, {files}', files: '{n} file | {n} files', startMerge: 'Merge',
    player: {
      cannot: 'This file cannot be played here.', convertHint: 'Convert it to MP4, or open it with another player.', hls: 'This window cannot play HLS.', noSeek: 'In this format you cannot jump everywhere; convert it to MP4 for that.', toMp4: 'Convert to MP4',
    },
  },
}
