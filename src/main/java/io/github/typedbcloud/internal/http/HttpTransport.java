package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.concurrent.ClientClosed;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests over OkHttp, each at most once. Thread-safe. */
public final class HttpTransport implements AutoCloseable {

  /** The limit of the TCP and TLS handshakes with one address. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** With OkHttp's own limit of 5, 16 busy threads open new connections all the time. */
  private static final int MAX_IDLE_CONNECTIONS = 32;

  /**
   * Less than the 60 s after which common load balancers close, or forget, an idle connection: a
   * request on a connection that the other side forgot gets no response.
   */
  private static final Duration IDLE_CONNECTION_LIFETIME = Duration.ofSeconds(45);

  /** A request that the deadline of its call ends earlier may just have had too little time. */
  private static final Duration MIN_SILENCE = Duration.ofSeconds(1);

  /** OkHttp's timer may fire this much before the deadline by our own measure. */
  private static final Duration TIMER_TOLERANCE = Duration.ofMillis(1);

  private static final MediaType JSON = MediaType.get("application/json");

  /** How much of the body of an error response is read; the documented one is far smaller. */
  private static final long MAX_ERROR_BYTES = 1024 * 1024;

  private static final int UNAVAILABLE = 503;

  private static final String RETRY_AFTER = "Retry-After";

  /** The header in which {@link #hideRetryAfter} keeps the value. */
  private static final String HIDDEN_RETRY_AFTER = "TypeDB-Cloud-Client-Retry-After";

  private final BaseUrl baseUrl;
  private final long maxResponseBytes;
  private final TimeSource time;
  private final InterruptWatch interrupts = new InterruptWatch();

  /** A pool of the user, whose connections are not closed here; null for none. */
  private final @Nullable ConnectionPool givenPool;

  private final Function<? super OkHttpClient, ? extends Call.Factory> callFactory;

  /** The client with the current pool: see {@link #replacePool}. */
  private volatile Sender sender;

  private final ReentrantLock replacing = new ReentrantLock();

  /** Whether the last request timed out, so that its connection may be silent. */
  private volatile boolean lastTimedOut;

  private volatile boolean closed;

  /**
   * A transport to one service.
   *
   * @param time its wall clock stands in for a missing {@code Date} header when a {@code
   *     Retry-After} header holds a date
   * @param given a client of the user, which stays open on {@link #close}; null to create one
   * @param customizer the user's changes to it
   * @param callFactory the user's, which makes the calls of a client
   */
  public HttpTransport(
      BaseUrl baseUrl,
      long maxResponseBytes,
      TimeSource time,
      @Nullable OkHttpClient given,
      Consumer<OkHttpClient.Builder> customizer,
      Function<? super OkHttpClient, ? extends Call.Factory> callFactory) {
    this.baseUrl = baseUrl;
    this.maxResponseBytes = maxResponseBytes;
    this.time = time;
    this.callFactory = callFactory;
    OkHttpClient.Builder builder;
    ConnectionPool ownPool = given == null ? newPool() : null;
    if (given != null) {
      builder = given.newBuilder();
    } else {
      builder =
          new OkHttpClient.Builder()
              .connectionPool(ownPool)
              .connectTimeout(CONNECT_TIMEOUT)
              // Bounded by the timeout of each request.
              .readTimeout(Duration.ZERO)
              .writeTimeout(Duration.ZERO);
      if (!baseUrl.isEncrypted()) {
        // Setting TLS up takes as long as all the rest, and is not needed here.
        builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
      }
    }
    if (!baseUrl.isEncrypted()) {
      // A proxy could read the credentials; one that the user sets on the client is used.
      builder.proxySelector(ProxySelector.of(null));
    }
    customizer.accept(builder);
    // CallExecutor is the only place that decides about retries.
    builder
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cache(null)
        .addNetworkInterceptor(HttpTransport::hideRetryAfter);
    OkHttpClient customized = builder.build();
    this.givenPool = customized.connectionPool() == ownPool ? null : customized.connectionPool();
    OkHttpClient.Builder last = customized.newBuilder();
    new BoundedLookups().bind(last, customized);
    if (customized.socketFactory().equals(SocketFactory.getDefault())) {
      // Else the sockets are of the user.
      last.socketFactory(new CountedSockets(!baseUrl.isEncrypted()))
          .addNetworkInterceptor(HttpTransport::requireNew);
    }
    last.addNetworkInterceptor(HttpTransport::sendOnce);
    this.sender = sender(last.build());
  }

  /**
   * Sends a request, at most once, and reads the response.
   *
   * <p>It can send after it was closed, for calls that started before: see {@link #requireOpen}.
   *
   * @param attemptTimeout for all of it: name resolution, proxy, connection, TLS handshake,
   *     request, response and body
   * @param end when it ends at the latest; nothing is sent after that
   */
  public HttpResult send(HttpRequest request, Duration attemptTimeout, Deadline end) {
    Sender current = sender;
    Attempt attempt = new Attempt(current.client, attemptTimeout, end);
    if (attempt.isOver()) {
      return new HttpResult.NotSent(new InterruptedIOException("no time was left to send it"));
    }
    if (isInterrupted()) {
      return new HttpResult.NotSent(interrupted(null));
    }
    OneShotBody body = request.method().equals("GET") ? null : new OneShotBody(request.body());
    Call call;
    try {
      call =
          Objects.requireNonNull(
              current.calls.newCall(okHttpRequest(request, body)),
              "the call factory returned null");
    } catch (Exception | LinkageError e) {
      return new HttpResult.NotSent(new IOException("the call factory failed: " + e, e));
    }
    call.timeout().timeout(attempt.timeout.toNanos(), TimeUnit.NANOSECONDS);
    Deadline outer = BoundedLookups.enter(attempt.deadline);
    interrupts.begin(call::cancel);
    try (Response response = call.execute()) {
      return new HttpResult.Received(read(response, attempt));
    } catch (IOException e) {
      return noResponse(failure(e, attempt), body);
    } catch (Exception | LinkageError e) {
      if (e instanceof InterruptedException) {
        // OkHttp is Kotlin and throws it undeclared while it connects.
        Thread.currentThread().interrupt();
      }
      // Else thrown by an interceptor or listener of the user, or by libraries that do not match.
      return noResponse(failure(new IOException("the HTTP client failed: " + e, e), attempt), body);
    } finally {
      interrupts.end();
      BoundedLookups.enter(outer);
      if (closed || attempt.client != sender.client) {
        evictIdle(attempt.client);
      }
    }
  }

  /**
   * Checks that the transport is open.
   *
   * @throws IllegalStateException when it is closed
   */
  public void requireOpen() {
    if (closed) {
      throw ClientClosed.exception();
    }
  }

  /** Whether the transport is open. */
  public boolean isOpen() {
    return !closed;
  }

  /** Lets in-flight calls finish, and releases the resources that this transport created. */
  @Override
  public void close() {
    closed = true;
    interrupts.close();
    evictIdle(sender.client);
  }

  private Sender sender(OkHttpClient client) {
    Call.Factory calls =
        Objects.requireNonNull(callFactory.apply(client), "the call factory must not be null");
    return new Sender(client, calls);
  }

  private static ConnectionPool newPool() {
    return new ConnectionPool(
        MAX_IDLE_CONNECTIONS, IDLE_CONNECTION_LIFETIME.toSeconds(), TimeUnit.SECONDS);
  }

  private void evictIdle(OkHttpClient used) {
    if (used.connectionPool() != givenPool) {
      used.connectionPool().evictAll();
    }
  }

  /** The reason why a request failed: an interrupt, its timeout, or what OkHttp reports. */
  private IOException failure(IOException reported, Attempt attempt) {
    if (isInterrupted()) {
      return interrupted(reported);
    }
    boolean isOver = attempt.isOver();
    if (!isOver && !(reported instanceof SocketTimeoutException)) {
      // What closed this connection may have closed the idle ones, too.
      evictIdle(attempt.client);
      return reported;
    }
    if (lastTimedOut || attempt.hadTime()) {
      replacePool(attempt.client);
    }
    lastTimedOut = true;
    return isOver ? attempt.timedOut(reported) : reported;
  }

  /**
   * Continues with a new pool after a request timed out. Its connection may have gone silent, and
   * what made it silent, such as a router that lost its state, affects the idle ones as well.
   * OkHttp itself keeps an HTTP/2 connection after a timeout and would try the HTTP/1.1 connections
   * one by one. Requests that are in flight on the old pool go on; the last one closes its
   * connection.
   */
  private void replacePool(OkHttpClient used) {
    replacing.lock();
    try {
      if (sender.client == used) {
        sender = sender(used.newBuilder().connectionPool(newPool()).build());
      }
    } catch (Throwable e) {
      // Of the user's factory; the result of the request must not get lost.
      Logger log = LoggerFactory.getLogger(HttpTransport.class);
      log.warn("The call factory failed; the connection pool is kept", e);
    } finally {
      replacing.unlock();
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private static IOException interrupted(@Nullable IOException cause) {
    return new IOException("the calling thread was interrupted", cause);
  }

  private Request okHttpRequest(HttpRequest request, @Nullable OneShotBody body) {
    Request.Builder builder = new Request.Builder();
    if (!request.headers().isEmpty()) {
      builder.headers(Headers.of(request.headers()));
    }
    if (request.tag() != null) {
      tag(builder, request.tag());
    }
    if (body != null) {
      tag(builder, body);
    }
    return builder
        .url(baseUrl.url().concat(request.path()))
        .method(request.method(), body)
        .header("Authorization", request.authorization().header())
        .header("Accept", request.accept())
        .header("User-Agent", UserAgent.VALUE)
        .build();
  }

  @SuppressWarnings("unchecked") // the class is the tag's own
  private static void tag(Request.Builder builder, Object tag) {
    Class<Object> type = (Class<Object>) tag.getClass();
    builder.tag(type, tag);
  }

  /** A read has no body that could show it, and needs none: it changes nothing. */
  private static HttpResult noResponse(IOException cause, @Nullable OneShotBody body) {
    return body != null && body.sent
        ? new HttpResult.ResponseLost(cause)
        : new HttpResult.NotSent(cause);
  }

  private HttpResponse read(Response response, Attempt attempt) {
    HttpResponse.Head head = head(response);
    long limit =
        response.isSuccessful() ? maxResponseBytes : Math.min(maxResponseBytes, MAX_ERROR_BYTES);
    ReceivedBody body = new ReceivedBody(response.body(), limit);
    try {
      boolean isComplete = body.readUpToLimit();
      lastTimedOut = false;
      return isComplete
          ? HttpResponse.complete(head, attempt.deadline, body.bytes())
          : HttpResponse.tooLarge(head, attempt.deadline, body.bytes(), limit);
    } catch (IOException e) {
      return HttpResponse.truncated(head, attempt.deadline, body.bytes(), failure(e, attempt));
    }
  }

  private HttpResponse.Head head(Response response) {
    Headers headers = response.headers();
    String contentType = headers.get("Content-Type");
    ServerDate serverDate = new DateHeader(headers);
    return new HttpResponse.Head(
        response.code(),
        contentType == null ? "" : contentType,
        serverDate,
        retryAfter(headers, serverDate));
  }

  private @Nullable Duration retryAfter(Headers headers, ServerDate serverDate) {
    String name = headers.get(HIDDEN_RETRY_AFTER) == null ? RETRY_AFTER : HIDDEN_RETRY_AFTER;
    String value = headers.get(name);
    if (value == null) {
      return null;
    }
    Instant date = serverDate.instant();
    return RetryAfter.parse(value, headers.getInstant(name), date == null ? time.now() : date);
  }

  /**
   * Bytes that were there before the request are not its response: the rest of another response, or
   * a proxy's status 408 of an idle connection. Over HTTP/2 each response names its request.
   */
  private static Response requireNew(Interceptor.Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection == null || connection.protocol() != Protocol.HTTP_1_1) {
      return chain.proceed(chain.request());
    }
    long readsBefore = CountedSockets.reads();
    boolean isEarly = connection.socket().getInputStream().available() > 0;
    Response response = isEarly ? null : chain.proceed(chain.request());
    if (response == null || CountedSockets.reads() == readsBefore) {
      connection.socket().close();
      throw new SocketException("the server sent data before the request");
    }
    return response;
  }

  /**
   * OkHttp itself retries a read on 503 with {@code Retry-After: 0}; hiding the header stops it.
   */
  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String value = response.header(RETRY_AFTER);
    return response.code() != UNAVAILABLE || value == null
        ? response
        : response.newBuilder().removeHeader(RETRY_AFTER).header(HIDDEN_RETRY_AFTER, value).build();
  }

  /**
   * The last step before a request is written. Interceptors of the user may have changed it before.
   */
  private static Response sendOnce(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (!request.method().equals("GET")) {
      OneShotBody body = request.tag(OneShotBody.class);
      if (body == null) {
        throw new IOException(
            "an interceptor or the call factory replaced the request: derive it with newBuilder()");
      }
      body.begin(request.body());
    }
    return chain.proceed(request);
  }

  /**
   * What sends requests.
   *
   * @param client with its connection pool
   * @param calls makes the calls of that client
   */
  private record Sender(OkHttpClient client, Call.Factory calls) {}

  /** The client that sends one request, and the time that it has. */
  private static final class Attempt {
    private final OkHttpClient client;
    private final Duration timeout;
    private final Deadline deadline;
    private final boolean isCutShort;

    Attempt(OkHttpClient client, Duration attemptTimeout, Deadline end) {
      this.client = client;
      Duration remaining = end.remaining();
      this.isCutShort = remaining.compareTo(attemptTimeout) < 0;
      this.timeout = isCutShort ? remaining : attemptTimeout;
      this.deadline = isCutShort ? end : Deadline.after(attemptTimeout);
    }

    boolean isOver() {
      return deadline.remaining().compareTo(TIMER_TOLERANCE) <= 0;
    }

    /** Whether it had the time that a response may take, or long enough. */
    boolean hadTime() {
      return !isCutShort || timeout.minus(deadline.remaining()).compareTo(MIN_SILENCE) >= 0;
    }

    IOException timedOut(IOException reported) {
      IOException timedOut =
          new InterruptedIOException("no response within " + timeout.toMillis() / 1000.0 + " s");
      timedOut.initCause(reported);
      return timedOut;
    }
  }

  /** Parses the date when it is needed: parsing takes longer than sending a request. */
  private record DateHeader(Headers headers) implements ServerDate {
    @Override
    public @Nullable Instant instant() {
      return headers.getInstant("Date");
    }
  }

  /**
   * A body, empty or not, that must not be sent a second time: OkHttp otherwise retries a POST on a
   * stale connection and on {@code 503} with {@code Retry-After: 0}, and an interceptor may proceed
   * twice. It is a tag of its request, too, because an interceptor may replace the body.
   */
  private static final class OneShotBody extends RequestBody {
    private final byte @Nullable [] content;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Whether any byte of the body, or the end of an empty one, may have been sent. */
    private volatile boolean sent;

    OneShotBody(byte @Nullable [] content) {
      this.content = content;
    }

    /**
     * The request is written next.
     *
     * @param body the one that is written; that of an interceptor does not show when it is
     * @throws IOException when the request was written already
     */
    void begin(@Nullable RequestBody body) throws IOException {
      if (begun.getAndSet(true)) {
        throw new IOException(
            "an interceptor or the call factory sent the request a second time, which was stopped");
      }
      if (body != this) {
        sent = true;
      }
    }

    @Override
    public @Nullable MediaType contentType() {
      return content == null ? null : JSON;
    }

    @Override
    public long contentLength() {
      return content == null ? 0 : content.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      if (!(sink instanceof Buffer)) {
        // Not into memory, as an interceptor does that computes a signature.
        sent = true;
      }
      if (content != null) {
        sink.write(content);
      }
    }
  }
}
