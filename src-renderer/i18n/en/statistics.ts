/** The statistics page: where frames get stuck, and how shows went. */
export const statistics = {
  statistics: {
    now: 'Now', shows: 'Past shows', noShows: 'Shows appear here once you have been live.', noEnd: 'not ended in order', remove: 'Delete these figures',
    exportCsv: 'Export CSV', exportJson: 'Export JSON', emptyTitle: 'Nothing measured yet', emptyText: 'Figures come in every second while the studio runs.',
    allWell: 'All well: every frame gets through.', offAir: 'Off air. While you are live, this line says where frames are held up.',
    way: 'The way of a frame', steps: { captured: 'Captured', composed: 'Composed', encoded: 'Encoded', queued: 'Waiting', sent: 'Sent' }, keyFrame: 'key frame {seconds} s ago', onAir: 'on air',
    stages: {
      capture: { says: 'The source gives {seen} pictures a second instead of {wanted}.', advice: 'More light, a shorter cable or another USB port helps most cameras; opening it anew often does, too.' },
      compose: { says: 'This computer composes {seen} of {wanted} pictures a second.', advice: 'Close other programs, or choose a smaller picture or a lower frame rate.' },
      encode: { says: 'The encoder manages {seen} of {wanted} pictures a second.', advice: 'Close other programs, or choose a smaller picture or a lower frame rate.' },
      connect: { says: '{name} is not connected.', advice: 'It is being tried again.' },
      line: { says: 'The line to {name} takes {seen} of {wanted} kbit/s.', advice: 'A lower bitrate gets every frame through.' },
      server: { says: '{name} takes nothing at the moment; {seen} ms wait.', advice: 'After ten seconds of it Castwright connects anew by itself. Where that does not help, the service has trouble: try another ingest.' },
    },
    ofStream: '{stream}: {says}', streams: { second: 'Second canvas', main: 'Camera only', aux: 'Screen only' },
    actions: { reopen: 'Open source anew', settings: 'Picture settings', 'lower-rate': 'Lower to {kbps} kbit/s', retry: 'Retry now', reconnect: 'Connect anew' },
    charts: { frames: 'Frames a second', rates: 'kbit/s', work: 'Work per frame, ms', keyFrames: 'Since the last key frame, ms', processor: 'Processor, % of a core', waiting: 'Waiting, ms', lost: 'Lost a second' },
    lines: {
      captured: 'captured', composed: 'composed', encoded: 'encoded', sent: 'sent', wanted: 'wanted', compose: 'compose', encode: 'encode', keyFrameAge: 'age', cpu: 'all', queue: 'queue', rtt: 'round trip',
      droppedHere: 'dropped frames', loss: 'lost on the line, %', retransmits: 'sent again',
    },
    totals: { destination: 'Destination', sent: 'Sent', frames: 'Frames', lost: 'Dropped', connects: 'Connections', gaps: 'Gaps' },
    lostShare: '{n} ({share})',
    gapsSum: '{n} gap, {seconds} s without media | {n} gaps, {seconds} s without media',
  },
}
