/** Notices to the user's own back end, and what a failure looks like. */
export const webhooks = {
  reason: {
    evidence: 'Original message', code: 'Code {code}', actions: { retry: 'Retry now', edit: 'Change destination', settings: 'Open settings' },
    clock: 'This computer’s clock: {time}.', clockOff: 'This computer’s clock: {time}. It is {seconds} s ahead of your back end’s.', clockBehind: 'This computer’s clock: {time}. It is {seconds} s behind your back end’s.',
  },
  webhooks: {
    intro: 'Castwright tells your own back end by HTTP what happens: the show, cameras, recordings, destinations.',
    add: 'Add address', emptyTitle: 'No address', emptyText: 'Add an address of your back end to be told what happens.',
    enable: 'Tell {name}', edit: 'Change {name}', remove: 'Remove {name}', removeTitle: 'Remove this address?', removeText: 'Its key is deleted with it, and what waits for it is dropped.', removeConfirm: 'Remove',
    name: 'Name', url: 'Address', urlHint: 'A query is kept like a key and not shown again. A bare question mark at the end removes it.', queryKept: 'A query is kept with this address.',
    dialect: 'Dialect', dialects: { classic: 'Classic (streams)', room: 'Room' },
    key: 'Key', keyKept: 'A key is kept. Leave empty to keep it.', keyHintRoom: 'At most 32 letters and digits. Signs every notice.', keyHintClassic: 'Signs every notice for ten minutes.', showKey: 'Show key',
    application: 'Application id', applicationHint: 'Digits only; empty means 0.', groupsTitle: 'What it is told',
    groups: { room: 'Show begins and ends', media: 'Camera, sound and screen on and off', recording: 'Recordings and snapshots', push: 'Destinations', ingest: 'Streams from outside' },
    test: 'Send a test notice', testing: 'Sending…', answered: 'Status {status} after {ms} ms', noAnswer: 'No answer after {ms} ms', clockOffset: 'Clock of the back end: {seconds} s',
    identity: 'Who the notices are from', roomId: 'Room', roomHint: 'Digits only make it a number room.', userId: 'User', recordId: 'Record id', recordHint: 'Handed through in stream_param.',
    log: 'Last notices', logEmpty: 'None yet.', tries: 'first try | {n} try | {n} tries', nextTry: 'again at {time}', of: '{type} · {address}',
    states: { waiting: 'Waiting', sending: 'Sending', delivered: 'Delivered', 'given-up': 'Given up', dropped: 'Dropped' },
    events: {
      e0: 'Stream broken off', e1: 'Stream started', e100: 'Recording file', e200: 'Snapshot', e101: 'Room created', e102: 'Room dismissed', e103: 'Room entered', e104: 'Room left',
      e201: 'Camera started', e202: 'Camera stopped', e203: 'Sound started', e204: 'Sound stopped', e205: 'Screen started', e206: 'Screen stopped',
      e301: 'Recording started', e302: 'Recording stopped', e304: 'Playlist made', e307: 'First slice', e310: 'MP4 done', e401: 'Destination', e701: 'Outside stream started', e702: 'Outside stream stopped',
    },
    checker: 'Check a notice', checkerHint: 'Paste what your back end received, byte for byte. Nothing of it is kept.', body: 'Body', sign: 'Signature', signHintRoom: 'The header Sign.', signHintClassic: 'Empty: the sign in the body.',
    checkKey: 'Key', checkWith: 'Key of', checkTyped: 'Typed below', check: 'Check', expected: 'Expected: {sign}', until: 'To be trusted until {time}.',
    verdicts: {
      valid: 'Valid: it comes from whoever has this key.', expired: 'The signature is right, but its time is over. Do not trust it: somebody may be sending it again.',
      'wrong-sign': 'The signature does not fit: another key, or the body was changed.', 'body-changed': 'The signature fits the same content written another way. Check the raw bytes of the request, not text that was printed anew.',
      'wrong-form': 'The right signature in the wrong form. A room notice has it in Base64, a classic one in small hexadecimal letters.',
      'body-empty': 'Paste the body first.', 'body-not-json': 'The body is not a JSON object.', 'sign-missing': 'There is no signature to check.', 'time-missing': 'The body has no t, so nobody can say until when it is to be trusted.',
      'key-missing': 'A key is needed, so that your back end can check who sent a notice.', 'key-room': 'The key of the room dialect has at most 32 letters and digits, and nothing else.', 'key-characters': 'The key must have no spaces in it and at most 128 characters.',
    },
  },
}
