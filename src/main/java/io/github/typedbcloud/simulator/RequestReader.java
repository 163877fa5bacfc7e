package io.github.typedbcloud.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the requests of a connection, one behind the other. For one thread. */
final class RequestReader {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** A request, and whether its connection is kept. */
  record Incoming(ApiRequest request, boolean http10, boolean keepsAlive) {}

  private final ConnectionInput in;
  private final OutputStream out;
  private final HeadReader heads;

  RequestReader(ConnectionInput in, OutputStream out) {
    this.in = in;
    this.out = out;
    this.heads = new HeadReader(in);
  }

  /**
   * The next request; null when the client has closed its end. After a refusal nothing can be read
   * any more, because nobody knows where the next request begins.
   *
   * @throws ApiError when what comes is not HTTP or too large
   */
  @Nullable Incoming next() throws IOException {
    RequestHead head = heads.next();
    if (head == null) {
      return null;
    }
    if (head.expectsContinue()) {
      if (!head.isChunked() && head.contentLength() > BodyReader.LARGEST_BODY) {
        throw ApiError.bodyTooLarge(BodyReader.LARGEST_BODY);
      }
      out.write(CONTINUE);
    }
    String body = new String(new BodyReader(in, heads).read(head), StandardCharsets.UTF_8);
    ApiRequest request =
        new ApiRequest(head.method(), head.path(), head.first("authorization"), body);
    return new Incoming(request, head.http10(), head.keepsAlive());
  }
}
