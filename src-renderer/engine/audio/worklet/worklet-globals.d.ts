// What an AudioWorkletGlobalScope has and TypeScript's DOM library does not declare (Web Audio API §1.32).

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort
}

declare function registerProcessor(
  name: string,
  processor: new (options: AudioWorkletNodeOptions) => AudioWorkletProcessor & {
    process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean
  },
): void

/** The context's frame counter at the quantum being rendered. */
declare const currentFrame: number
