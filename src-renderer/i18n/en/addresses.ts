/** Addresses: pasting, platforms, signatures, tokens, and where viewers watch. */
export const addresses = {
  addresses: {
    paste: {
      label: 'Paste what your service gave you', placeholder: 'Server and stream key, WHIP address and token, SRT address, JSON, …',
      understood: '{kind}: {parts}. Check it below.', and: ', ', onlySecret: 'A key was found and put into its field; the place that it belongs to is still needed.',
      found: { address: 'address', key: 'stream key', token: 'token', streamId: 'stream ID', passphrase: 'passphrase', latency: 'latency', mode: 'mode', keyLength: 'key length' },
      ignored: {
        playback: 'An address for viewers was left out.', backup: 'The backup server was left out; it can be a destination of its own.', option: 'The option “{detail}” was left out: the studio sets it itself.',
        'user-info': 'The user name and password in the address were left out.', 'more-addresses': 'There are more addresses in it: {detail}. Each can be a destination of its own.',
      },
      problems: {
        'too-long': 'This text is too long for an address. Paste only the server and the key.', 'control-characters': 'There are control characters in this text. Copy it again, from the page of your service.',
        'no-address': 'There is no address in this text. An address begins with rtmp://, rtmps://, srt:// or https://.', 'playback-address': 'This is an address for watching. Look for the one to send to: it is called ingest, server or push address.',
        scheme: 'Castwright cannot send to {scheme}://. It sends to rtmp://, rtmps://, srt:// and https:// (WHIP, HLS).', address: 'The address in this text is not complete. Copy it again, from rtmp://, srt:// or https:// on.', empty: 'There is nothing to read.',
      },
    },
    platform: 'Platform', kind: 'Protocol', server: 'Server', test: 'Test only', testHint: 'The platform takes the stream and shows it to nobody. Switch it off for the real show.',
    keyPerBroadcast: 'The key is made for one broadcast: get a new one for each.', tencentWhip: 'The token is the whole signed webrtc:// push address.',
    platforms: {
      custom: 'Another server', twitch: 'Twitch', youtube: 'YouTube Live', facebook: 'Facebook Live', ivs: 'Amazon IVS (RTMPS)', 'ivs-whip': 'Amazon IVS (WHIP)', 'tencent-css': 'Tencent Cloud CSS (RTMP)',
      'tencent-whip': 'Tencent Cloud CSS (WHIP)', trtc: 'Tencent TRTC room (RTMP)', 'trtc-whip': 'Tencent TRTC room (WHIP)', bilibili: 'Bilibili',
    },
    kinds: { rtmp: 'RTMP', whip: 'WHIP (WebRTC)', srt: 'SRT', hls: 'HLS' },
    servers: { any: 'Automatic', primary: 'Primary', backup: 'Backup', own: 'Own address', stale: 'The platform’s list cannot be had right now; these are the servers known to Castwright.' },
    fields: {
      address: { whip: 'WHIP address', srt: 'SRT address', hls: 'Folder or playlist address' },
      hint: { whip: 'From https:// on, as the service shows it.', srt: 'Stream ID, passphrase and options behind a ? are moved to their fields.', hls: 'A folder on this computer, or an https:// address that ends in .m3u8.' },
      key: { whip: 'Token', srt: 'Stream ID', hls: 'Token' },
      query: 'Behind the ? of the address', queryKept: 'Kept hidden: it may hold a token. Show it to change it.', queryHint: 'Hidden, as it may hold a token. Empty = nothing behind the address.',
      passphrase: 'Passphrase', passphraseKept: 'A passphrase is kept. Leave empty to keep it.', passphraseHint: '10 to 79 characters; empty = not encrypted.', passphraseProblem: 'A passphrase has 10 to 79 characters.',
      openHttp: 'Not encrypted: anyone on the way can read the token. Use https:// wherever the server has it.',
    },
    limits: {
      title: 'The platform takes: ', video: 'video up to {kbps} kbit/s', audio: 'sound up to {kbps} kbit/s', keyFrames: 'a key frame every {min} to {max} s', size: 'up to {lines} lines', rate: '{min} to {max} fps',
      hours: 'up to {hours} h', noBFrames: 'no B-frames (always so here)', profile: 'H.264 {profile} profile', constant: 'constant bitrate', noChange: 'no changes while live',
      fine: 'The show keeps to it.', adjust: 'Adjust the show', whileLive: 'This can be adjusted when the show is over.', whyRoom: 'Viewers in a room can only begin at a key frame, so it has to come every 1 or 2 s.',
      breaches: {
        size: 'The picture has {is} lines; {wanted} are the most.', frameRate: '{is} fps is not taken; {wanted} fps is.', videoKbps: 'The video bitrate is {is} kbit/s; {wanted} is the most.',
        audioKbps: 'The sound has {is} kbit/s; {wanted} is the most.', keyFrameSeconds: 'A key frame comes every {is} s; it should be every {wanted} s.',
      },
    },
    options: {
      title: 'Advanced', priority: 'When the line gets slow', priorities: { required: 'Required', 'best-effort': 'Best effort' },
      priorityHints: { required: 'The slowest required destination decides the bitrate for all that get the same.', 'best-effort': 'This one loses frames instead of slowing the others down.' },
      mode: 'Connection', modes: { caller: 'Call the server', listener: 'Wait to be called' }, listenerHint: 'One receiver at a time: whoever calls first is served, others are not let in until it hangs up. For several receivers add a destination for each, every one with a port of its own.', latency: 'Latency', latencyHint: 'Time for sending lost packets again: about four round trips. The passphrase is what encrypts.',
      keyLength: 'Encryption', keyLengthBits: 'AES-{bits}', codec: 'Video codec', degradation: 'Give up first when slow',
      degradations: { balanced: 'Some of both', 'maintain-framerate': 'Sharpness', 'maintain-resolution': 'Frame rate' }, tokenFollows: 'Send the token along when redirected to another server',
      tokenFollowsHint: 'Only when your service says so.', segment: 'Segment length', listSize: 'Segments in the list', hlsHint: '0 segments = all of them stay in the list.',
    },
    showSecret: 'Show: {name}',
    sign: {
      title: 'Sign the push address', text: 'For domains with push authentication. Address and key are filled in.', domain: 'Push domain', name: 'Stream name', key: 'Signing key', keyHint: 'From the domain’s settings at the service.',
      kept: 'A key is kept for this domain. Leave empty to use it.', algorithm: 'Method', hours: 'Valid for', keep: 'Keep the key', sign: 'Sign',
    },
    room: {
      title: 'Room and signature', room: 'Room', user: 'User ID', application: 'SDKAppID', way: 'UserSig', signature: 'UserSig', roomProblem: '1 to 64 letters, digits and underscores.', userProblem: '1 to 32 letters, digits, underscores and hyphens.',
      ways: { paste: 'Paste it', fetch: 'From my server', make: 'Make it here (for trying out)' },
    },
    make: {
      warning: 'The secret key belongs on a server: whoever has it can act for everybody. Use this for trying out only.', key: 'Secret key of the application', kept: 'A key is kept for this application. Leave empty to use it.', hours: 'Valid for',
      keep: 'Keep the key', withRights: 'Also make a PrivateMapKey', withRightsHint: 'For rooms with strict rights.', copyMapKey: 'Copy PrivateMapKey', make: 'Make',
    },
    fetch: {
      title: 'Token from your own server', text: 'The studio asks this https:// address and takes the token from the JSON that it answers.', method: 'Method', address: 'Token address', bearer: 'Your access token', bearerHint: 'Sent as Authorization: Bearer.', kept: 'Kept hidden. Show the access token to see or change it.',
      keep: 'Fetch a fresh token before connecting', keepHint: 'The token address is kept with the secrets and asked once the token is over, has less than ten minutes left, or does not say how long it lasts.',
      get: 'Get token',
    },
    token: {
      room: 'Room', user: 'User', application: 'SDKAppID', until: 'Valid until', over: 'has run out', rights: 'What the token allows', allowed: 'Allowed:', notAllowed: 'Not allowed:',
      missing: 'The token does not allow what the show sends: {rights}.',
    },
    rights: {
      createRoom: 'create the room', enterRoom: 'enter the room', sendAudio: 'send sound', receiveAudio: 'receive sound', sendVideo: 'send video', receiveVideo: 'receive video', sendScreen: 'send a screen', receiveScreen: 'receive a screen',
    },
    facts: { over: 'The address or token has run out. Get a new one before going live.', ending: 'The address or token runs out in {minutes} min.' },
    viewers: {
      title: 'Viewers', bizId: 'BizId', bizIdHint: 'The number in front of the default domains.', domain: 'Playback domain', domainHint: 'Empty = the default domain.', type: 'Stream', types: { main: 'Camera (main)', aux: 'Screen (aux)' },
      secure: 'FLV and HLS by https', incomplete: 'Fill in the fields to see where viewers watch.', copy: 'Copy the {protocol} address', copied: 'Copied', code: 'QR code of the {protocol} address', codeOf: 'QR code: {address}',
    },
  },
}
