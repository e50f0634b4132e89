/** As much of a peer connection as the WHEP player touches, for tests. */
export class FakeWhepConnection extends EventTarget {
  /** false = gathering never completes. */
  static gathers = true
  readonly log: string[] = []
  connectionState = 'new'
  iceGatheringState = FakeWhepConnection.gathers ? 'complete' : 'gathering'
  localDescription: { sdp: string } | null = null
  addTransceiver(kind: string, { direction }: { direction: string }): void {
    this.log.push(`${kind} ${direction}`)
  }
  async createOffer(): Promise<{ type: string; sdp: string }> {
    return { type: 'offer', sdp: 'our offer' }
  }
  async createAnswer(): Promise<{ type: string; sdp: string }> {
    return { type: 'answer', sdp: 'our answer' }
  }
  async setLocalDescription(description: { sdp: string }): Promise<void> {
    this.localDescription = description
  }
  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    this.log.push(`${type}: ${sdp}`)
  }
  setConfiguration(): void {}
  close(): void {
    this.log.push('close')
  }
  become(state: string): void {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }
}
