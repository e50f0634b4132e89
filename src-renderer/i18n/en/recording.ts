/** Recording: the controls beside *Go live*, and its settings. */
export const recording = {
  recording: {
    title: 'Recording', start: 'Record', stop: 'Stop recording', finishing: 'Finishing…', pause: 'Pause', resume: 'Go on', paused: 'Paused', badge: 'REC', time: 'Recorded time',
    chapter: 'Chapter', chapterName: 'Name', chapterHint: 'Without a name it gets a number. Alt+M sets one at once.', setChapter: 'Set chapter',
    replay: 'Save the last {n} s', snapshot: 'Snapshot', withKeys: '{name} ({keys})',
    minutesLeft: '{n} min left | {n} min left', hoursLeft: '{n} h left', dropped: '{n} frame lost: the disk is slow | {n} frames lost: the disk is slow',
    made: { replay: 'Saved: {name}', snapshot: 'Saved: {name}', chapter: 'Chapter set.' },
    folder: 'Folder', choose: 'Choose…', formats: 'Formats, side by side',
    formatNames: { mp4: 'MP4', mkv: 'MKV', flv: 'FLV', ts: 'MPEG-TS', hls: 'HLS', aac: 'AAC (sound alone)' },
    streams: 'What, each in files of its own', streamNames: { mix: 'The show', second: 'The second canvas', main: 'The camera by itself', aux: 'The screen by itself' },
    content: 'Content', contents: { 'audio-video': 'Picture and sound', audio: 'Sound alone', video: 'Picture alone' },
    tracks: {
      title: 'Sound tracks of the show', track: 'Track {n}', name: 'Name of track {n}', comma: ', ',
      hint: 'Which source is on which track is set in the mixer, in the sound settings of each. The first track is what is sent; replays and everything but the show have it alone.',
      firstAlone: '{formats}: the first track alone.', noRoom: 'Only MP4 and MKV have room for several; the chosen formats have the first track alone.',
    },
    fileMinutes: 'New file after', hlsResume: 'HLS: longest pause in one list', maxIdle: 'End by itself without picture and sound for',
    hlsAlsoMp4: 'An MP4 beside the HLS list', withBroadcast: 'Record whenever the show is live',
    keepReplay: 'Keep the last seconds for a replay', keepReplayHint: 'In memory, while you are live or recording.', replaySeconds: 'Length of the replay', replayMemory: '{seconds} s are kept now, in {size} of memory.',
    names: 'Folders and names', namesHint: 'Prefix / task / application_room. Without a task each recording has a folder named after its start.',
    nameParts: { prefix: 'Prefix', taskId: 'Task', applicationId: 'Application', roomId: 'Room', userId: 'User (camera and screen by themselves)' },
  },
}
