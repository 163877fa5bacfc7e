package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Reads a body into memory in proportion to what arrives, whatever the {@code Content-Length}
 * header claims: at most twice the bytes that arrived, and one chunk. A body that fits the first
 * chunk, as most do, is not copied.
 */
final class ReceivedBody {

  /** The first chunk has this size, or that of the body where it is known and smaller. */
  private static final int FIRST_CHUNK_BYTES = 64 * 1024;

  /** Without a {@code Content-Length} header. */
  private static final int FIRST_CHUNK_OF_UNKNOWN_BYTES = 8 * 1024;

  private static final int MAX_CHUNK_BYTES = 256 * 1024;

  private final BufferedSource source;
  private final long limit;
  private final List<byte[]> fullChunks = new ArrayList<>(0);
  private byte[] chunk;

  /** In the current chunk. */
  private int filled;

  /** In all chunks; one more than the limit at most. */
  private int length;

  ReceivedBody(ResponseBody body, long limit) {
    this.source = body.source();
    this.limit = limit;
    long contentLength = body.contentLength();
    long first =
        contentLength < 0
            ? FIRST_CHUNK_OF_UNKNOWN_BYTES
            : Math.min(contentLength, FIRST_CHUNK_BYTES);
    this.chunk = new byte[(int) Math.min(first, limit + 1)];
  }

  /**
   * Reads until the end of the body.
   *
   * @return false when the body is larger than the limit
   * @throws IOException when the connection ends before the body does
   */
  boolean readUpToLimit() throws IOException {
    while (length <= limit) {
      if (filled == chunk.length) {
        if (source.exhausted()) {
          return true;
        }
        addChunk();
      }
      int read = source.read(chunk, filled, chunk.length - filled);
      if (read < 0) {
        return true;
      }
      filled += read;
      length += read;
    }
    return false;
  }

  /** The bytes that arrived. */
  byte[] bytes() {
    if (fullChunks.isEmpty() && filled == chunk.length) {
      return chunk;
    }
    byte[] bytes = new byte[length];
    int end = 0;
    for (byte[] full : fullChunks) {
      System.arraycopy(full, 0, bytes, end, full.length);
      end += full.length;
    }
    System.arraycopy(chunk, 0, bytes, end, filled);
    return bytes;
  }

  /** As large as what arrived so far, so that the unused rest of it is no larger either. */
  private void addChunk() {
    fullChunks.add(chunk);
    int size = Math.min(Math.max(length, FIRST_CHUNK_OF_UNKNOWN_BYTES), MAX_CHUNK_BYTES);
    chunk = new byte[(int) Math.min(size, limit + 1 - length)];
    filled = 0;
  }
}
