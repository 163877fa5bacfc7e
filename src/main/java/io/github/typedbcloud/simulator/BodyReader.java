package io.github.typedbcloud.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Reads the body of one request, however it is framed, up to a limit. */
final class BodyReader {

  /** In bytes. Real requests have some hundred. */
  static final int LARGEST_BODY = 1024 * 1024;

  /**
   * In bytes. How much of a body that is too large is read all the same, so that its sender comes
   * to read the answer.
   */
  private static final int MAX_READ = 16 * 1024 * 1024;

  /** In bytes. A size in hexadecimal digits, and extensions that nobody uses. */
  private static final int MAX_SIZE_LINE = 1024;

  private final ConnectionInput in;
  private final HeadReader lines;
  private final byte[] piece = new byte[8 * 1024];
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long length;

  BodyReader(ConnectionInput in, HeadReader lines) {
    this.in = in;
    this.lines = lines;
  }

  /**
   * Reads the body, or of one that is too large as much as helps its sender.
   *
   * @throws ApiError 413 when it is too large, 400 when its chunks are broken
   * @throws EOFException when the client leaves within it
   */
  byte[] read(RequestHead head) throws IOException {
    if (head.isChunked()) {
      readChunks();
    } else {
      append(head.contentLength());
    }
    if (length > LARGEST_BODY) {
      throw ApiError.bodyTooLarge(LARGEST_BODY);
    }
    return body.toByteArray();
  }

  private void readChunks() throws IOException {
    long size = chunkSize();
    while (size > 0 && length < MAX_READ) {
      append(size);
      if (length < MAX_READ) {
        readChunkEnd();
        size = chunkSize();
      }
    }
    if (length < MAX_READ) {
      // Trailers, which nothing here needs.
      lines.fields(HeadReader.LARGEST_HEAD);
    }
  }

  private void readChunkEnd() throws IOException {
    int read = in.read();
    if (read == '\r') {
      read = in.read();
    }
    if (read != '\n') {
      throw ApiError.malformedRequest("A chunk of the body does not end where its size says.");
    }
  }

  private long chunkSize() throws IOException {
    String line = lines.line(MAX_SIZE_LINE);
    if (line == null) {
      throw new EOFException("the client closed its end between chunks");
    }
    String digits = line.split(";", 2)[0].strip();
    if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
      throw ApiError.malformedRequest("A chunk of the body does not begin with its size.");
    }
    return Long.parseLong(digits, 16);
  }

  /** Reads that many bytes more, and keeps them as long as the body is not too large. */
  private void append(long bytes) throws IOException {
    long until = Math.min(MAX_READ, length + Math.min(bytes, MAX_READ));
    while (length < until) {
      int read = in.read(piece, 0, (int) Math.min(piece.length, until - length));
      length += read;
      if (length <= LARGEST_BODY) {
        body.write(piece, 0, read);
      }
    }
  }
}
