package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.concurrent.ClientClosed;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends requests over OkHttp, each at most once. The only class that knows OkHttp. Thread-safe. */
public final class HttpTransport implements AutoCloseable {

  /** The limit of the TCP and TLS handshakes with one address. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** With OkHttp's own limit of 5, 16 busy threads open new connections all the time. */
  private static final int MAX_IDLE_CONNECTIONS = 32;

  private static final Duration IDLE_CONNECTION_LIFETIME = Duration.ofMinutes(5);

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
  private final OkHttpClient client;
  private final @Nullable ConnectionPool ownPool;
  private final InterruptWatch interrupts = new InterruptWatch();
  private volatile boolean closed;

  /**
   * A transport to one service.
   *
   * @param time its wall clock stands in for a missing {@code Date} header when a {@code
   *     Retry-After} header holds a date
   * @param given a client of the user, which stays open on {@link #close}; null to create one
   * @param customizer the user's changes to it
   */
  public HttpTransport(
      BaseUrl baseUrl,
      long maxResponseBytes,
      TimeSource time,
      @Nullable OkHttpClient given,
      Consumer<OkHttpClient.Builder> customizer) {
    this.baseUrl = baseUrl;
    this.maxResponseBytes = maxResponseBytes;
    this.time = time;
    OkHttpClient.Builder builder;
    if (given != null) {
      ownPool = null;
      builder = given.newBuilder();
    } else {
      ownPool =
          new ConnectionPool(
              MAX_IDLE_CONNECTIONS, IDLE_CONNECTION_LIFETIME.toSeconds(), TimeUnit.SECONDS);
      builder =
          new OkHttpClient.Builder()
              .connectionPool(ownPool)
              .connectTimeout(CONNECT_TIMEOUT)
              // Bounded by the timeout of each call.
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
    this.client =
        builder
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .cache(null)
            .addNetworkInterceptor(HttpTransport::hideRetryAfter)
            .build();
  }

  /**
   * Sends a request, at most once, and reads the response.
   *
   * <p>It can send after it was closed, for calls that started before: see {@link #requireOpen}.
   *
   * @param timeout for all of it; nothing is sent when it is not positive
   */
  public HttpResult send(HttpRequest request, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      return new HttpResult.NotSent(new InterruptedIOException("no time was left to send it"));
    }
    if (isInterrupted()) {
      return new HttpResult.NotSent(interrupted(null));
    }
    OneShotBody body = request.method().equals("GET") ? null : new OneShotBody(request.body());
    Call call = client.newCall(okHttpRequest(request, body));
    call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    interrupts.begin(call::cancel);
    try (Response response = call.execute()) {
      return new HttpResult.Received(read(response));
    } catch (IOException e) {
      return noResponse(isInterrupted() ? interrupted(e) : e, body);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        // OkHttp is Kotlin and throws it undeclared while it connects.
        Thread.currentThread().interrupt();
        return noResponse(interrupted(new IOException(e)), body);
      }
      // Thrown by an interceptor or listener of the user.
      return noResponse(new IOException("the HTTP client failed: " + e, e), body);
    } finally {
      interrupts.end();
      if (closed) {
        close();
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
    if (ownPool != null) {
      ownPool.evictAll();
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
    return builder
        .url(baseUrl.url().concat(request.path()))
        .method(request.method(), body)
        .header("Authorization", request.authorization().header())
        .header("Accept", request.accept())
        .header("User-Agent", UserAgent.VALUE)
        .build();
  }

  /** A read has no body that could show it, and needs none: it changes nothing. */
  private static HttpResult noResponse(IOException cause, @Nullable OneShotBody body) {
    return body != null && body.sent
        ? new HttpResult.ResponseLost(cause)
        : new HttpResult.NotSent(cause);
  }

  private HttpResponse read(Response response) {
    HttpResponse.Head head = head(response);
    long limit =
        response.isSuccessful() ? maxResponseBytes : Math.min(maxResponseBytes, MAX_ERROR_BYTES);
    ReceivedBody body = new ReceivedBody(response.body(), limit);
    try {
      return body.readUpToLimit()
          ? HttpResponse.complete(head, body.bytes())
          : HttpResponse.tooLarge(head, body.bytes(), limit);
    } catch (IOException e) {
      return HttpResponse.truncated(head, body.bytes(), e);
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
   * OkHttp itself retries a read on 503 with {@code Retry-After: 0}; hiding the header stops it.
   */
  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String value = response.header(RETRY_AFTER);
    return response.code() != UNAVAILABLE || value == null
        ? response
        : response.newBuilder().removeHeader(RETRY_AFTER).header(HIDDEN_RETRY_AFTER, value).build();
  }

  /** Parses the date when it is needed: parsing takes longer than sending a request. */
  private record DateHeader(Headers headers) implements ServerDate {
    @Override
    public @Nullable Instant instant() {
      return headers.getInstant("Date");
    }
  }

  /**
   * A body, empty or not, that OkHttp must not send a second time: it otherwise retries a POST on a
   * stale connection and on {@code 503} with {@code Retry-After: 0}.
   */
  private static final class OneShotBody extends RequestBody {
    private final byte @Nullable [] content;

    /** Whether any byte of the body, or the end of an empty one, may have been sent. */
    private volatile boolean sent;

    OneShotBody(byte @Nullable [] content) {
      this.content = content;
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
      sent = true;
      if (content != null) {
        sink.write(content);
      }
    }
  }
}
