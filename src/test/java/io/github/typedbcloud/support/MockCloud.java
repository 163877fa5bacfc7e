package io.github.typedbcloud.support;

import io.github.typedbcloud.TypeDBCloudClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/**
 * A server whose responses a test sets. The responses to token exchanges are {@code token-1},
 * {@code token-2}, … unless the test queues others.
 */
public final class MockCloud implements AutoCloseable {

  public static final String CLIENT_ID = "the-client-id";
  public static final String CLIENT_SECRET = "the-client-secret";

  private final MockWebServer server = new MockWebServer();
  private final Deque<MockResponse> responses = new ArrayDeque<>();
  private final Deque<MockResponse> exchangeResponses = new ArrayDeque<>();
  private final List<RecordedRequest> exchanges = Collections.synchronizedList(new ArrayList<>());
  private final List<RecordedRequest> calls = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<RecordedRequest, MockResponse> callAnswerer =
      call -> json(418, Payloads.error("NO_RESPONSE", "the test queued no response for this call"));
  private volatile Function<RecordedRequest, MockResponse> exchangeAnswerer =
      exchange -> text(200, "token-" + exchanges().size());

  /** Speaks HTTP/1.1. */
  public MockCloud() {
    this(Protocol.HTTP_1_1);
  }

  /** Speaks one protocol; there is no TLS in which a client could negotiate another. */
  public MockCloud(Protocol protocol) {
    server.setProtocols(List.of(protocol));
    server.setServerSocketFactory(new ServerSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return response(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A builder of a client of this server, with credentials, that attempts each call once, and reads
   * once to verify a write.
   */
  public TypeDBCloudClient.Builder client() {
    return TypeDBCloudClient.builder()
        .baseUrl(url())
        .credentials(CLIENT_ID, CLIENT_SECRET)
        .maxAttempts(1)
        .verificationWindow(Duration.ZERO);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Sets the response to calls for which none is queued; made on the server's threads. */
  public MockCloud respondToCalls(Function<RecordedRequest, MockResponse> answerer) {
    callAnswerer = answerer;
    return this;
  }

  /** Sets the response to exchanges for which none is queued; made on the server's threads. */
  public MockCloud respondToExchanges(Function<RecordedRequest, MockResponse> answerer) {
    exchangeAnswerer = answerer;
    return this;
  }

  /**
   * Queues the response to the next call that is not a token exchange; calls beyond the queue get
   * 418.
   */
  public MockCloud enqueue(MockResponse response) {
    synchronized (responses) {
      responses.add(response);
    }
    return this;
  }

  /** Queues a JSON response to the next call that is not a token exchange. */
  public MockCloud enqueue(int status, String json) {
    return enqueue(json(status, json));
  }

  /** Queues the response to the next token exchange. */
  public MockCloud enqueueExchange(MockResponse response) {
    synchronized (responses) {
      exchangeResponses.add(response);
    }
    return this;
  }

  public static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  public static MockResponse text(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }

  /** The token exchanges that arrived, oldest first. */
  public List<RecordedRequest> exchanges() {
    return List.copyOf(exchanges);
  }

  /** All other calls that arrived, oldest first. */
  public List<RecordedRequest> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse response(RecordedRequest request) {
    boolean exchange =
        "POST".equals(request.getMethod()) && request.getUrl().encodedPath().endsWith("/auth");
    (exchange ? exchanges : calls).add(request);
    synchronized (responses) {
      MockResponse queued = (exchange ? exchangeResponses : responses).poll();
      if (queued != null) {
        return queued;
      }
    }
    return (exchange ? exchangeAnswerer : callAnswerer).apply(request);
  }

  /**
   * Lets a thousand clients connect at once, where 50 may wait by default, and sends the body of an
   * response without waiting some 40 ms for the acknowledgement of its head.
   */
  private static final class ServerSockets extends ServerSocketFactory {
    private static final int BACKLOG = 2048;

    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket() {
        @Override
        public void bind(SocketAddress endpoint, int backlog) throws IOException {
          super.bind(endpoint, BACKLOG);
        }

        @Override
        public Socket accept() throws IOException {
          Socket socket = super.accept();
          socket.setTcpNoDelay(true);
          return socket;
        }
      };
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return new ServerSocket(port, BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return new ServerSocket(port, BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return new ServerSocket(port, BACKLOG, address);
    }
  }
}
