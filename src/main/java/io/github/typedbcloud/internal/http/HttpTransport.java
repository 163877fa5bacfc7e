package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one call over OkHttp: sends a request at most once and tells what came of it.
 *
 * <p>Thread-safe. The only class that knows OkHttp.
 */
public final class HttpTransport implements AutoCloseable {

  /** For the TCP and TLS handshakes with one address. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** OkHttp's own limit of 5 makes 16 busy threads open connections again and again. */
  private static final int MAX_IDLE_CONNECTIONS = 32;

  private static final Duration IDLE_CONNECTION_LIFETIME = Duration.ofMinutes(5);

  private static final MediaType JSON = MediaType.get("application/json");

  private static final int UNAVAILABLE = 503;

  private static final String RETRY_AFTER = "Retry-After";

  /** Where {@link #hideRetryAfter} keeps the value. */
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
   * @param time whose wall clock reads dates of a service that does not tell its own
   * @param given a client of the user's, which stays open on {@link #close}; null to make our own
   * @param customizer what the user changes of it
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
              // The timeout of the whole call bounds these.
              .readTimeout(Duration.ZERO)
              .writeTimeout(Duration.ZERO);
      if (!baseUrl.isEncrypted()) {
        // Nothing to set TLS up for, which takes as long as all the rest.
        builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
      }
    }
    customizer.accept(builder);
    // What is sent again, and when, is decided in one place, and it is not here.
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
   * Sends a request and reads the answer whole.
   *
   * @param headers beside those that every request has
   * @param timeout for all of it; nothing is sent when it is not positive
   * @throws IllegalStateException when the transport is closed
   */
  public HttpResult send(
      ApiRequest request,
      Authorization authorization,
      Map<String, String> headers,
      Duration timeout) {
    requireOpen();
    if (timeout.isNegative() || timeout.isZero()) {
      return new HttpResult.NotSent(new InterruptedIOException("no time was left to send it"));
    }
    if (isInterrupted()) {
      return new HttpResult.NotSent(interrupted(null));
    }
    OneShotBody body =
        request.operation().method().equals("GET") ? null : new OneShotBody(content(request));
    Call call = client.newCall(httpRequest(request, authorization, headers, body));
    call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    interrupts.begin(call::cancel);
    try (Response response = call.execute()) {
      return new HttpResult.Answered(read(response));
    } catch (IOException e) {
      return lostOrNotSent(isInterrupted() ? interrupted(e) : e, body);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        // OkHttp, which is Kotlin, lets it through undeclared while it connects.
        Thread.currentThread().interrupt();
        return lostOrNotSent(interrupted(new IOException(e)), body);
      }
      // From an interceptor or a listener of the user's.
      return lostOrNotSent(new IOException("the HTTP client failed: " + e, e), body);
    } finally {
      interrupts.end();
      if (closed) {
        close();
      }
    }
  }

  /**
   * Refuses to go on when the transport is closed.
   *
   * @throws IllegalStateException when it is
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This TypeDBCloudClient is closed; build another one.");
    }
  }

  /** Lets calls under way finish, and releases what this transport made for itself. */
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

  private Request httpRequest(
      ApiRequest request,
      Authorization authorization,
      Map<String, String> headers,
      @Nullable OneShotBody body) {
    Request.Builder builder = new Request.Builder();
    if (!headers.isEmpty()) {
      builder.headers(Headers.of(headers));
    }
    return builder
        .url(baseUrl.url().concat(request.path()))
        .method(request.operation().method(), body)
        .header("Authorization", authorization.header())
        .header(
            "Accept",
            request.operation() == Operation.EXCHANGE_TOKEN
                ? "text/plain, application/json"
                : "application/json")
        .header("User-Agent", UserAgent.VALUE)
        .build();
  }

  private static byte @Nullable [] content(ApiRequest request) {
    return request.body() == null ? null : Json.write(request.body());
  }

  /** A read has no body to tell by, and need not: it can always be sent again. */
  private static HttpResult lostOrNotSent(IOException cause, @Nullable OneShotBody body) {
    return body != null && body.sent ? new HttpResult.Lost(cause) : new HttpResult.NotSent(cause);
  }

  private HttpResponse read(Response response) {
    HttpResponse.Head head = head(response);
    ReceivedBody body = new ReceivedBody(response.body(), maxResponseBytes);
    try {
      return body.arrivesWhole()
          ? HttpResponse.whole(head, body.bytes())
          : HttpResponse.tooLarge(head, body.bytes(), maxResponseBytes);
    } catch (IOException e) {
      return HttpResponse.cutShort(head, body.bytes(), e);
    }
  }

  private HttpResponse.Head head(Response response) {
    Headers headers = response.headers();
    String contentType = headers.get("Content-Type");
    ServerDate serviceTime = new DateHeader(headers);
    return new HttpResponse.Head(
        response.code(),
        contentType == null ? "" : contentType,
        serviceTime,
        retryAfter(headers, serviceTime));
  }

  private @Nullable Duration retryAfter(Headers headers, ServerDate serviceTime) {
    String name = headers.get(HIDDEN_RETRY_AFTER) == null ? RETRY_AFTER : HIDDEN_RETRY_AFTER;
    String value = headers.get(name);
    if (value == null) {
      return null;
    }
    Instant told = serviceTime.instant();
    return RetryAfter.read(value, headers.getInstant(name), told == null ? time.now() : told);
  }

  /** OkHttp of its own accord repeats a read that is answered 503 with leave to do so at once. */
  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String value = response.header(RETRY_AFTER);
    return response.code() != UNAVAILABLE || value == null
        ? response
        : response.newBuilder().removeHeader(RETRY_AFTER).header(HIDDEN_RETRY_AFTER, value).build();
  }

  /** Dates are read when they are asked for: to read one takes longer than to send a request. */
  private record DateHeader(Headers headers) implements ServerDate {
    @Override
    public @Nullable Instant instant() {
      return headers.getInstant("Date");
    }
  }

  /**
   * A body, empty or not, that OkHttp must not send a second time: it otherwise repeats a POST on a
   * stale connection and on {@code 503} with {@code Retry-After: 0}.
   */
  private static final class OneShotBody extends RequestBody {
    private final byte @Nullable [] content;

    /** Whether any byte of the body, or the end of an empty one, may have left. */
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

  /**
   * A body as it arrives, in one array: of the length that the service tells, so that nothing is
   * copied, or else growing with what arrives.
   */
  private static final class ReceivedBody {
    private static final int FIRST = 8 * 1024;

    private final BufferedSource source;
    private final long most;
    private byte[] bytes;
    private int length;

    ReceivedBody(ResponseBody body, long most) {
      this.source = body.source();
      this.most = most;
      long told = body.contentLength();
      this.bytes = new byte[told >= 0 && told <= most ? (int) told : FIRST];
    }

    /**
     * Takes in what arrives.
     *
     * @return whether that was all; false when there is more than may be
     * @throws IOException when it ends before its end
     */
    boolean arrivesWhole() throws IOException {
      while (true) {
        if (length > most) {
          return false;
        }
        if (length == bytes.length) {
          if (source.exhausted()) {
            return true;
          }
          bytes = Arrays.copyOf(bytes, (int) Math.min(2L * Math.max(length, FIRST), most + 1));
        }
        int read = source.read(bytes, length, bytes.length - length);
        if (read < 0) {
          return true;
        }
        length += read;
      }
    }

    /** What has arrived. */
    byte[] bytes() {
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
  }
}
