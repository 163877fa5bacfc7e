package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.micrometer.MicrometerListener;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tracing.OpenTelemetryListener;

/** The listeners of the examples, for Micrometer and OpenTelemetry. */
final class ListenersTest {

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void micrometer_calls_areOnScrapePage() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    callService(new MicrometerListener(registry, "test"));

    assertThat(registry.scrape().lines())
        .contains(
            "typedb_cloud_calls_seconds_count{client=\"test\",operation=\"deploy\",outcome=\"success\",status=\"none\"} 1",
            "typedb_cloud_calls_seconds_count{client=\"test\",operation=\"get\",outcome=\"NotFoundException\",status=\"404\"} 1",
            "typedb_cloud_calls_seconds_count{client=\"test\",operation=\"list\",outcome=\"success\",status=\"200\"} 1",
            "typedb_cloud_retries_total{client=\"test\",operation=\"list\"} 1.0",
            "typedb_cloud_verifications_total{client=\"test\",operation=\"deploy\",outcome=\"applied\"} 1.0",
            "typedb_cloud_token_exchanges_seconds_count{client=\"test\",outcome=\"success\",status=\"200\"} 1",
            "typedb_cloud_waits_seconds_count{client=\"test\",goal=\"running\",outcome=\"success\"} 1");
  }

  @Test
  void openTelemetry_spans_nestUnderCaller() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
      Span request = telemetry.getTracer("test").spanBuilder("request").startSpan();
      Context.current()
          .with(request)
          .wrap(() -> callService(new OpenTelemetryListener(telemetry)))
          .run();
      request.end();

      SpanData deploy = span(exporter, "typedb.cloud deploy");
      assertThat(deploy.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
      assertThat(deploy.getAttributes().get(AttributeKey.stringKey("typedb.cloud.cluster.id")))
          .isEqualTo("a");
      assertThat(deploy.getEvents())
          .extracting(EventData::getName)
          .containsExactly("request without response", "response received", "write verified");
      assertThat(span(exporter, "typedb.cloud list").getEvents())
          .extracting(EventData::getName)
          .containsExactly("response received", "retry scheduled", "response received");
      SpanData failed =
          exporter.getFinishedSpanItems().stream()
              .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
              .findFirst()
              .orElseThrow();
      assertThat(failed.getName()).isEqualTo("typedb.cloud get");
      assertThat(failed.getAttributes().get(AttributeKey.stringKey("error.type")))
          .isEqualTo(NotFoundException.class.getName());
      assertThat(Span.current()).isEqualTo(Span.getInvalid());
    }
  }

  private static SpanData span(InMemorySpanExporter exporter, String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void callService(OperationListener listener) {
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(simulator.url())
            .credentials(simulator.clientId(), simulator.clientSecret())
            .timeSource(time)
            .listener(listener)
            .build()) {
      ClustersApi clusters = client.clusters(Scope.space("my-team", "default"));
      simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
      simulator.faults().on(Operation.LIST).next(Fault.respond(503));
      clusters.deployAndAwait(Fixtures.paidCluster("a").build());
      clusters.list();
      assertThatThrownBy(() -> clusters.get("nothing")).isInstanceOf(NotFoundException.class);
    }
  }
}
