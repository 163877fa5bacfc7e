package io.github.typedbcloud.support;

import io.github.typedbcloud.TypeDBCloudClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Responds inside the client, without a network: to exchanges with a token, to calls with []. */
public final class LocalResponses implements Interceptor {

  private final AtomicLong calls = new AtomicLong();

  /** Calls wait for it before they get a response. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** A builder of a client that gets these responses. */
  public TypeDBCloudClient.Builder client() {
    return TypeDBCloudClient.builder()
        .baseUrl("http://127.0.0.1:1")
        .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
        .customizeHttpClient(http -> http.addInterceptor(this));
  }

  /** How many requests were calls. */
  public long calls() {
    return calls.get();
  }

  /** Later calls wait until it is opened. */
  public CountDownLatch closeGate() {
    gate = new CountDownLatch(1);
    return gate;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    boolean isExchange = request.url().encodedPath().endsWith("/auth");
    if (!isExchange) {
      calls.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .body(
            isExchange
                ? ResponseBody.create("the-token", MediaType.get("text/plain"))
                : ResponseBody.create("[]", MediaType.get("application/json")))
        .build();
  }
}
