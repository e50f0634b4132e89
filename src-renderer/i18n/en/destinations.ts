/** Where the show goes, and how it arrives. */
export const destinations = {
  destinations: {
    title: 'Destinations', add: 'Add destination', addTitle: 'Add destination', editTitle: 'Change destination',
    emptyTitle: 'No destination', emptyText: 'Add the address that your streaming service gave you.',
    rehearsal: 'Rehearsal', rehearsalAddress: 'On this computer only', enable: 'Send to {name}', edit: 'Change {name}', remove: 'Remove {name}',
    removeTitle: 'Remove this destination?', removeText: 'Its key is deleted with it.', removeLive: 'It is disconnected, and its key is deleted with it.', removeConfirm: 'Remove',
    off: 'Switched off',
    states: {
      idle: 'Ready', connecting: 'Connecting', running: 'Live', recovering: 'Reconnecting', failed: 'Not reachable', disconnecting: 'Disconnecting', stopped: 'Stopped: needs you',
    },
    again: 'again in {seconds} s', held: 'The server asked us to wait. Next attempt at {time} (in {seconds} s); it cannot be hurried.', retryNow: 'Retry now', queue: '{ms} ms queued', dropped: '{n} dropped', details: 'Details of {name}',
    notVerified: 'The server’s certificate is not checked.',
    caller: 'Receiver: {caller}', noCaller: 'Nobody has called port {port} yet.',
    figures: { attempt: 'Attempt', connects: 'Connections', firstMedia: 'To first picture', stage: 'Stage', sent: 'Sent', acknowledged: 'Confirmed by server', frames: 'Frames sent', rtt: 'Round trip', quality: 'Line', loss: 'Lost on the line', retransmits: 'Packets sent again', picture: 'Picture really sent', codec: 'Codec', limitedBy: 'Quality held down by' },
    percent: '{n} %', quality: '{word} ({n})', sizeAt: '{size}, {fps} fps', limits: { none: 'Nothing', bandwidth: 'The line', cpu: 'The processor', other: 'Something else' },
    stages: {
      waiting: 'Waiting', resolving: 'Looking up name', connecting: 'Connecting', securing: 'Securing', handshaking: 'Greeting', opening: 'Opening', publishing: 'Asking to publish',
      sending: 'Sending', draining: 'Sending the rest', closed: 'Closed',
    },
    lastFailure: 'Last failure', gaps: 'Gaps', noGaps: 'None so far.', gap: '{down} s without media, back in {recover} s',
    chart: 'Sent rate and queue over the last minutes', chartRate: 'kbit/s', chartQueue: 'Queue, ms',
    name: 'Name', namePlaceholder: 'Shown in the list', address: 'Server address', addressHint: 'A whole address with its key can be pasted; it is split by itself.',
    split: 'The key was found in the address and moved to its own field.', key: 'Stream key', keyKept: 'A key is kept. Leave empty to keep it.', showKey: 'Show key',
    keyStore: {
      encrypted: 'Kept encrypted by the system.', 'protected-file': 'Kept in a file that only you can read.', memory: 'Kept until Castwright is closed.',
    },
    secure: 'Secure connection', verify: 'Check the server’s certificate', verifyOff: 'Anyone on the way could read your key. For tests only.',
    authority: 'Own certificate authority (PEM)', authorityHint: 'Only for a server of your own with a private issuer.',
  },
  rehearsal: {
    title: 'Rehearsal, as a viewer sees it', watch: 'Watch the rehearsal', close: 'Close the viewer', sound: 'Sound of the rehearsal',
    notRunning: 'The rehearsal server is starting…', notLive: 'Go live with Rehearsal switched on to see it here.', waiting: 'Waiting for the picture…',
    delay: '{seconds} s behind the studio', atLeast: 'At least {seconds} s behind; measuring…', measuring: 'Measuring the delay…',
  },
}
