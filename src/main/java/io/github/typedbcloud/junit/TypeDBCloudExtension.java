package io.github.typedbcloud.junit;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.junit.TypeDBCloudTest.ScopeKind;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Implements {@link TypeDBCloudTest}; use that annotation. */
@SuppressWarnings("exports") // users of this package already have JUnit
public final class TypeDBCloudExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TypeDBCloudExtension.class);

  private static final String CLIENT_ID = "test";

  private static final String CLIENT_SECRET = "the-secret-of-the-test";

  private static final Map<Class<?>, Function<Cloud, @Nullable Object>> PARAMETERS =
      Map.of(
          TypeDBCloudSimulator.class, Cloud::simulator,
          TypeDBCloudClient.class, Cloud::client,
          ClustersApi.class, cloud -> cloud.client().clusters(cloud.scope()),
          AsyncClustersApi.class, cloud -> cloud.client().clusters(cloud.scope()).async(),
          Scope.class, Cloud::scope,
          Faults.class, cloud -> cloud.simulator().faults(),
          ManualTime.class, Cloud::time);

  /** The objects of one test. */
  private record Cloud(
      TypeDBCloudSimulator simulator,
      TypeDBCloudClient client,
      Scope scope,
      @Nullable ManualTime time,
      @Nullable RealTimeProgress progress) {}

  /** Called by JUnit. */
  public TypeDBCloudExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Cloud.class, start(settings(context)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Cloud cloud = context.getStore(NAMESPACE).remove(Cloud.class, Cloud.class);
    if (cloud == null) {
      // It failed to start, which JUnit has reported.
      return;
    }
    RequestLog.printOnFailure(context, cloud.simulator());
    if (cloud.progress() != null) {
      cloud.progress().close();
    }
    cloud.client().close();
    cloud.simulator().close();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Cloud cloud = context.getStore(NAMESPACE).get(Cloud.class, Cloud.class);
    if (cloud == null) {
      throw new ParameterResolutionException(
          "@TypeDBCloudTest injects a "
              + type.getSimpleName()
              + " for each test, not for a class; declare it on the test or on @BeforeEach, or"
              + " share a simulator with a SimulatorExtension.");
    }
    Object value = PARAMETERS.getOrDefault(type, unsupported -> null).apply(cloud);
    if (value == null) {
      throw new ParameterResolutionException(
          "ManualTime is not available with @TypeDBCloudTest(manualTime = false).");
    }
    return value;
  }

  private static TypeDBCloudTest settings(ExtensionContext context) {
    Optional<TypeDBCloudTest> fromMethod =
        AnnotationSupport.findAnnotation(context.getElement(), TypeDBCloudTest.class);
    return fromMethod.orElseGet(() -> fromClass(context.getRequiredTestClass(), context));
  }

  /** The annotation of the class, or of an enclosing class. */
  private static TypeDBCloudTest fromClass(Class<?> type, ExtensionContext context) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      Optional<TypeDBCloudTest> found =
          AnnotationSupport.findAnnotation(each, TypeDBCloudTest.class);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException(
        "No @TypeDBCloudTest on " + context.getDisplayName() + " or an enclosing class.");
  }

  private static Cloud start(TypeDBCloudTest settings) {
    ManualTime time = settings.manualTime() ? new ManualTime() : null;
    TypeDBCloudSimulator.Builder builder =
        TypeDBCloudSimulator.builder()
            .apiToken(CLIENT_ID, CLIENT_SECRET, settings.accessLevel())
            .transitionTime(Duration.ofMillis(settings.transitionMillis()));
    RealTimeProgress progress = time == null ? null : new RealTimeProgress(time);
    if (time != null && progress != null) {
      builder
          .time(time)
          .exchangeListener(
              clientId -> {
                // A client that the test or its service built, which may sleep in real time.
                if (!clientId.equals(CLIENT_ID)) {
                  progress.start();
                }
              });
    }
    TypeDBCloudSimulator simulator = builder.start();
    TypeDBCloudClient.Builder client =
        TypeDBCloudClient.builder().baseUrl(simulator.url()).credentials(CLIENT_ID, CLIENT_SECRET);
    if (time != null) {
      client.timeSource(time);
    }
    Scope scope =
        settings.scope() == ScopeKind.SPACE
            ? Scope.space(simulator.team(), simulator.space())
            : Scope.project(simulator.organization(), simulator.project());
    return new Cloud(simulator, client.build(), scope, time, progress);
  }
}
