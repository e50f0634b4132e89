/** What reading a video needs of mediabunny, in a module of its own so that it is loaded only where it is used, and nothing more of it. */
export { BlobSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'
