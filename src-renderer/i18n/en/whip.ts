/** What is special to WebRTC: ways through the network. */
export const whip = {
  whip: {
    servers: 'Own STUN and TURN servers', serversHint: 'One address per line, beside those that the service names itself. Only needed where a network lets nothing else through.',
    serversProblem: 'One address per line, like turn:turn.example.com:3478 or stun:stun.example.com. TURN also needs a user and a secret.',
    user: 'TURN user', secret: 'TURN secret', secretKept: 'A secret is kept. Leave empty to keep it.', secretHint: 'Kept like a stream key.',
    relayOnly: 'Relay only', relayOnlyHint: 'Everything goes through a TURN server. The service does not see this computer’s address.', relayMissing: 'There is no TURN server above: this works only if the service names one.',
    userInfo: 'User name and password are kept as the token, not in the address.',
  },
}
