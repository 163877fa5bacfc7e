package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.typedbcloud.console.ConsoleProgress;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.ServerStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.MachineType;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An argument that is null, and must not be, is named: for each parameter of the public API. */
@TestInstance(Lifecycle.PER_CLASS)
class NullArgumentsTest {

  /**
   * What a user does not call: exceptions and events, which the client makes, listeners, which the
   * user writes or registers, and what JUnit and Spring call.
   */
  private static final String NOT_CALLED_BY_USERS =
      ".*\\.(error|event|junit|micrometer|spring)\\..*|.*\\.model\\.(StatusChange|WaitProgress)|.*\\.(SweepResult|ReceivedRequest|ClusterSnapshot|ClusterPlan|EphemeralCluster)(\\$.*)?";

  private static final Set<String> OF_JAVA =
      Set.of("equals", "valueOf", "wait", "compareTo", "getClass", "notify", "notifyAll");

  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
  private final TypeDBCloudClient client =
      TypeDBCloudClient.builder()
          .baseUrl(simulator.url())
          .credentials(simulator.clientId(), simulator.clientSecret())
          .build();
  @TempDir Path directory;

  @AfterAll
  void close() {
    client.close();
    simulator.close();
  }

  /** A new instance of a public type with methods that take references. */
  private Object instance(Class<?> type) {
    ClustersApi clusters = client.clusters(Scope.space("team", "space"));
    Cluster cluster = Cluster.builder("a").build();
    DeployClusterRequest request = Fixtures.paidCluster("a").build();
    EphemeralClusters.Builder ephemeral =
        EphemeralClusters.builder(client, Scope.space("team", "space"))
            .idPrefix("test")
            .ledger(directory);
    return Stream.of(
            clusters,
            clusters.async(),
            new ForwardingClustersApi(clusters) {},
            new ForwardingAsyncClustersApi(clusters.async()) {},
            client,
            simulator,
            simulator.secondClientOfSpace("my-team", "default"),
            simulator.clusterControlOfSpace("my-team", "default"),
            simulator.clock(),
            ConsoleProgress.plain(System.out),
            BackupConfiguration.of(BackupFrequency.DAILY, 7),
            simulator.faults(),
            simulator.faults().on(),
            simulator.faults().lifecycle("a"),
            Fault.respond(500),
            TypeDBCloudSimulator.builder(),
            TypeDBCloudClient.builder(),
            RequestOptions.builder(),
            RequestOptions.builder().build(),
            WaitOptions.builder(),
            WaitOptions.defaults(),
            cluster,
            cluster.toBuilder(),
            request,
            request.toBuilder(),
            UpdateClusterRequest.builder(),
            UpdateClusterRequest.builder().storageSizeGB(20).build(),
            Catalog.spaces(),
            Catalog.spaces().toBuilder(),
            ephemeral,
            ephemeral.build(),
            new ManualTime(),
            TimeSource.system())
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no instance of " + type));
  }

  private static Stream<Class<?>> publicTypes() {
    return new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.github.typedbcloud")
            .stream()
            .filter(type -> !type.getPackageName().matches(".*\\.(internal|cli)(\\..*)?"))
            .filter(type -> !type.getName().matches(NOT_CALLED_BY_USERS))
            .filter(NullArgumentsTest::isPublic)
            .map(JavaClass::reflect);
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(NullArgumentsTest::isPublic).orElse(true);
  }

  private static Stream<Executable> executables() {
    return publicTypes()
        .flatMap(
            type ->
                Stream.<Executable>concat(
                    Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods())))
        .filter(executable -> Modifier.isPublic(executable.getModifiers()))
        .filter(executable -> !executable.isSynthetic())
        .filter(executable -> !OF_JAVA.contains(executable.getName()))
        .filter(executable -> Stream.of(executable.getParameters()).anyMatch(p -> isRequired(p)));
  }

  private static boolean isRequired(Parameter parameter) {
    return !parameter.getType().isPrimitive()
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  static Stream<Arguments> requiredParameters() {
    return executables()
        .flatMap(
            executable ->
                IntStream.range(0, executable.getParameterCount())
                    .filter(i -> isRequired(executable.getParameters()[i]))
                    .mapToObj(i -> Arguments.of(executable, i)));
  }

  @ParameterizedTest
  @MethodSource("requiredParameters")
  void nullArgument_isNamed(Executable executable, int index) throws Exception {
    String parameter = executable.getParameters()[index].getName();

    // A method of a builder has the name of what it sets, and may leave the check to build().
    assertThat(thrown(executable, index))
        .isExactlyInstanceOf(NullPointerException.class)
        .message()
        .matches("(" + parameter + "|" + executable.getName() + ") must not be null(: .*)?");
  }

  @Test
  void parameters_ofPublicApi_areFound() {
    assertThat(requiredParameters().map(arguments -> arguments.get()[0]).map(Object::toString))
        .hasSizeGreaterThan(200)
        .anyMatch(name -> name.contains("ClustersApi.get("))
        .anyMatch(name -> name.contains("TypeDBCloudClient$Builder.credentials("))
        .anyMatch(name -> name.contains("model.Cluster("));
  }

  @Test
  void simulator_nullArguments_receivedNothing() {
    assertThat(simulator.received()).isEmpty();
  }

  private @Nullable Throwable thrown(Executable executable, int nullIndex) throws Exception {
    Object[] arguments = new Object[executable.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == nullIndex ? null : sample(executable.getParameters()[i].getType());
    }
    try {
      Object result;
      if (executable instanceof Constructor<?> constructor) {
        result = constructor.newInstance(arguments);
      } else {
        Object target = null;
        if (!Modifier.isStatic(executable.getModifiers())) {
          target = instance(executable.getDeclaringClass());
        }
        Method method = (Method) executable;
        method.setAccessible(true);
        result = method.invoke(target, arguments);
      }
      if (result != null && result.getClass().getName().matches(".*model.*Builder")) {
        result.getClass().getMethod("build").invoke(result);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private Object sample(Class<?> type) {
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    Map<Class<?>, Object> samples =
        Map.<Class<?>, Object>ofEntries(
            Map.entry(String.class, "a"),
            Map.entry(CharSequence.class, "a"),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(double.class, 0.5),
            Map.entry(boolean.class, true),
            Map.entry(Integer.class, 1),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Path.class, Path.of("none")),
            Map.entry(Map.class, Map.of()),
            Map.entry(List.class, List.of("a")),
            Map.entry(Collection.class, List.of("a")),
            Map.entry(Set.class, Set.of()),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(Scope.class, Scope.space("team", "space")),
            Map.entry(Provider.class, Provider.GCP),
            Map.entry(ClusterStatus.class, ClusterStatus.RUNNING),
            Map.entry(ServerStatus.class, ServerStatus.RUNNING),
            Map.entry(OkHttpClient.class, new OkHttpClient()),
            Map.entry(Fault.class, Fault.respond(500)),
            Map.entry(MachineType.class, new MachineType("a", true, List.of())),
            Map.entry(WaitOptions.class, WaitOptions.builder().build()),
            Map.entry(RequestOptions.class, RequestOptions.builder().build()),
            Map.entry(PrintStream.class, System.out),
            Map.entry(Object.class, "a"),
            Map.entry(Runnable.class, (Runnable) () -> {}),
            Map.entry(OperationListener.class, new OperationListener() {}));
    Object sample = samples.get(type);
    if (sample != null) {
      return sample;
    }
    return type.getName().startsWith("java.util.function.") || type == Executor.class
        ? Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, a) -> null)
        : instance(type);
  }
}
