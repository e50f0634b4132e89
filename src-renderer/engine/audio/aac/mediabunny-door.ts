/** What the bundled encoder needs of mediabunny, in a module of its own so that it is loaded only where it is used, and nothing more of it. */
export { AdtsOutputFormat, AudioSample, AudioSampleSource, NullTarget, Output } from 'mediabunny'
export { registerAacEncoder } from '@mediabunny/aac-encoder'
