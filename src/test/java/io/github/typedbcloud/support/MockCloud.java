package io.github.typedbcloud.support;

import io.github.typedbcloud.TypeDBCloudClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/**
 * A server that answers as a test says. Token exchanges are answered {@code token-1}, {@code
 * token-2}, … unless the test queues other answers for them.
 */
public final class MockCloud implements AutoCloseable {

  public static final String CLIENT_ID = "the-client-id";
  public static final String CLIENT_SECRET = "the-client-secret";

  private final MockWebServer server = new MockWebServer();
  private final Deque<MockResponse> answers = new ArrayDeque<>();
  private final Deque<MockResponse> exchangeAnswers = new ArrayDeque<>();
  private final List<RecordedRequest> exchanges = Collections.synchronizedList(new ArrayList<>());
  private final List<RecordedRequest> calls = Collections.synchronizedList(new ArrayList<>());

  /** Speaks HTTP/1.1. */
  public MockCloud() {
    this(Protocol.HTTP_1_1);
  }

  /** Speaks one protocol; there is no TLS in which a client could negotiate another. */
  public MockCloud(Protocol protocol) {
    server.setProtocols(List.of(protocol));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A builder of a client of this server, with credentials. */
  public TypeDBCloudClient.Builder client() {
    return TypeDBCloudClient.builder().baseUrl(url()).credentials(CLIENT_ID, CLIENT_SECRET);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The next call that is no token exchange is answered so; calls beyond the queue get 501. */
  public MockCloud enqueue(MockResponse answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    return this;
  }

  /** The next call that is no token exchange is answered so, as JSON. */
  public MockCloud enqueue(int status, String json) {
    return enqueue(json(status, json));
  }

  /** The next token exchange is answered so. */
  public MockCloud enqueueExchange(MockResponse answer) {
    synchronized (answers) {
      exchangeAnswers.add(answer);
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

  private MockResponse answer(RecordedRequest request) {
    boolean exchange =
        "POST".equals(request.getMethod()) && request.getUrl().encodedPath().endsWith("/auth");
    (exchange ? exchanges : calls).add(request);
    synchronized (answers) {
      MockResponse queued = (exchange ? exchangeAnswers : answers).poll();
      if (queued != null) {
        return queued;
      }
    }
    return exchange
        ? new MockResponse.Builder().code(200).body("token-" + exchanges.size()).build()
        : json(501, Payloads.error("NO_ANSWER", "the test queued no answer for this call"));
  }
}
