/** RTMP 1.0 §5.4.1: chunks are 128 bytes until the sender says otherwise. */
export const INITIAL_CHUNK_BYTES = 128
