package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Stubs and decorators need only the methods that they use. */
final class ForwardingClustersApiTest {

  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.of(
          String.class, "a",
          Collection.class, List.of("a"),
          ClusterStatus.class, ClusterStatus.RUNNING,
          WaitOptions.class, WaitOptions.defaults(),
          RequestOptions.class, RequestOptions.within(Duration.ofSeconds(1)),
          DeployClusterRequest.class, Fixtures.paidCluster("a").build(),
          UpdateClusterRequest.class, UpdateClusterRequest.builder().id("b").build());

  private static final class Stub extends ForwardingClustersApi {}

  private static final class AsyncStub extends ForwardingAsyncClustersApi {}

  private static final class Decorator extends ForwardingClustersApi {
    Decorator(ClustersApi delegate) {
      super(delegate);
    }
  }

  private static final class AsyncDecorator extends ForwardingAsyncClustersApi {
    AsyncDecorator(AsyncClustersApi delegate) {
      super(delegate);
    }
  }

  @TestFactory
  Stream<DynamicTest> decorator_everyMethod_callsDelegateWithItsArguments() {
    return Stream.concat(
        abstractMethods(ClustersApi.class).map(method -> forwards(ClustersApi.class, method)),
        abstractMethods(AsyncClustersApi.class)
            .map(method -> forwards(AsyncClustersApi.class, method)));
  }

  private static DynamicTest forwards(Class<?> type, Method method) {
    return dynamicTest(
        type.getSimpleName() + "." + method,
        () -> {
          List<Object> calls = new ArrayList<>();
          Object delegate =
              Proxy.newProxyInstance(
                  type.getClassLoader(),
                  new Class<?>[] {type},
                  (proxy, called, arguments) -> {
                    calls.add(called);
                    calls.addAll(arguments == null ? List.of() : Arrays.asList(arguments));
                    return null;
                  });
          Object decorator =
              type == ClustersApi.class
                  ? new Decorator((ClustersApi) delegate)
                  : new AsyncDecorator((AsyncClustersApi) delegate);

          Object[] arguments = arguments(method);
          method.invoke(decorator, arguments);

          List<Object> expected = new ArrayList<>(List.of(method));
          expected.addAll(Arrays.asList(arguments));
          assertThat(calls).isEqualTo(expected);
        });
  }

  @TestFactory
  Stream<DynamicTest> stub_methodNotOverridden_isNamed() {
    return Stream.concat(
        abstractMethods(ClustersApi.class).map(method -> names(new Stub(), method)),
        abstractMethods(AsyncClustersApi.class).map(method -> names(new AsyncStub(), method)));
  }

  private static DynamicTest names(Object stub, Method method) {
    return dynamicTest(
        stub.getClass().getSimpleName() + "." + method,
        () -> {
          if (method.getName().equals("with")) {
            assertThat(method.invoke(stub, arguments(method))).isSameAs(stub);
            return;
          }
          assertThatThrownBy(() -> result(stub, method))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessageStartingWith(stub.getClass().getName() + " does not override ")
              .hasMessageContaining(" " + signature(method) + ",");
        });
  }

  private static void result(Object stub, Method method) throws Throwable {
    try {
      if (method.invoke(stub, arguments(method)) instanceof CompletableFuture<?> future) {
        future.get();
      }
    } catch (InvocationTargetException | ExecutionException e) {
      throw e.getCause();
    }
  }

  @Test
  void stub_overridesTwoMethods_methodsThatUseThemWork() {
    ClustersApi stub =
        new ForwardingClustersApi() {
          @Override
          public Cluster deploy(DeployClusterRequest request) {
            return Cluster.builder(request.id()).build();
          }

          @Override
          public Cluster await(String id, ClusterStatus status, WaitOptions options) {
            return Cluster.builder(id).status(status).build();
          }
        };

    assertThat(stub.deployAndAwait(Fixtures.paidCluster("a").build()).status())
        .isEqualTo(ClusterStatus.RUNNING);
    assertThatThrownBy(() -> stub.ensure(Fixtures.paidCluster("a").build()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("plan(DeployClusterRequest)");
  }

  @Test
  void decorator_ensure_isThatOfTheDelegate() {
    Cluster ensured = Cluster.builder("a").build();
    ClustersApi decorator =
        new Decorator(
            new ForwardingClustersApi() {
              @Override
              public Cluster ensure(DeployClusterRequest request, WaitOptions options) {
                return ensured;
              }
            });

    assertThat(decorator.ensure(Fixtures.paidCluster("a").build())).isSameAs(ensured);
  }

  private static Stream<Method> abstractMethods(Class<?> type) {
    return Stream.of(type.getMethods()).filter(method -> !method.isDefault());
  }

  private static Object[] arguments(Method method) {
    return Stream.of(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
  }

  private static String signature(Method method) {
    return method.getName()
        + Stream.of(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
