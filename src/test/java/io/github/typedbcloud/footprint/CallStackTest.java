package io.github.typedbcloud.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The frames between a caller and OkHttp: how much of the client a reader has to know. */
final class CallStackTest {

  private static final int MAX_FRAMES = 5;

  @Test
  void get_stackAtOkHttp_hasAtMostFiveFrames() {
    AtomicReference<StackTraceElement[]> stack = new AtomicReference<>();
    try (MockCloud cloud = new MockCloud();
        TypeDBCloudClient client =
            cloud
                .client()
                .customizeHttpClient(
                    http ->
                        http.addInterceptor(
                            chain -> {
                              if (chain.request().method().equals("GET")) {
                                stack.set(Thread.currentThread().getStackTrace());
                              }
                              return chain.proceed(chain.request());
                            }))
                .build()) {
      cloud.enqueue(200, ApiCall.PROJECT_GET.response());
      client.clusters(Fixtures.PROJECT).get("api-cluster");
    }

    List<String> frames =
        Stream.of(stack.get())
            .filter(frame -> frame.getClassName().startsWith("io.github.typedbcloud."))
            .filter(frame -> !frame.getClassName().equals(CallStackTest.class.getName()))
            .map(
                frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
            .toList();
    System.out.println("From OkHttp to the caller of get: " + frames);
    assertThat(frames).isNotEmpty().hasSizeLessThanOrEqualTo(MAX_FRAMES);
    assertThat(frames).last().isEqualTo("ScopedClusters.get");
  }
}
