package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClientCredentials;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LocalResponses;
import io.github.typedbcloud.support.MockCloud;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the threads of a client take over from the first caller, and when they end. */
@Timeout(120)
final class ClientThreadsTest {

  private static final String PREFIX = "typedb-cloud-";

  private static final int CLIENTS = 1_000;

  /** Of a caller. */
  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  private final LocalResponses responses = new LocalResponses();

  /** Where the user's code ran, and what it saw there. */
  private final Map<String, List<Object>> seen = new ConcurrentHashMap<>();

  private void see(String where) {
    Thread thread = Thread.currentThread();
    seen.put(
        where,
        List.of(
            thread.getName().replaceAll("[0-9]+$", ""),
            thread.isDaemon(),
            String.valueOf(TENANT.get()),
            thread.getContextClassLoader() == TypeDBCloudClient.class.getClassLoader()));
  }

  @Test
  void firstCaller_threadLocalsAndLoader_areNotInherited() throws Exception {
    OperationListener listener =
        new OperationListener() {
          @Override
          public void callStarted(CallInfo call) {
            see("call");
          }

          @Override
          public void tokenExchanged(TokenExchanged event) {
            see("exchange");
          }
        };
    try (TypeDBCloudClient client =
        responses
            .client()
            .credentials(
                () -> {
                  see("supplier");
                  return new ClientCredentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET);
                })
            .listener(listener)
            .build()) {
      Thread caller =
          new Thread(
              () -> {
                TENANT.set("tenant of the first caller");
                CompletableFuture<?> future =
                    client.clusters(Fixtures.SPACE).async().list().thenAccept(x -> see("callback"));
                future.join();
              });
      caller.setContextClassLoader(new OneClassLoader(null));
      caller.start();
      caller.join(TimeUnit.SECONDS.toMillis(20));
    }

    assertThat(seen).containsKeys("supplier", "exchange", "call");
    assertThat(seen.get("supplier")).containsExactly(PREFIX + "token-exchange", true, "null", true);
    assertThat(seen.get("exchange")).isEqualTo(seen.get("supplier"));
    assertThat(seen.get("call")).containsExactly(PREFIX + "async-", true, "null", true);
  }

  /** Calls from a class of another loader, as a web application does. */
  static final class ForeignCaller implements Consumer<Object[]> {
    @Override
    public void accept(Object[] clustersAndCallback) {
      AsyncClustersApi clusters = (AsyncClustersApi) clustersAndCallback[0];
      Runnable callback = (Runnable) clustersAndCallback[1];
      CompletableFuture<?> unused = clusters.list().thenRun(callback);
    }
  }

  @Test
  void firstCaller_classLoader_isCollected() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (TypeDBCloudClient client = responses.client().build()) {
      Runnable callback =
          () -> {
            blocked.countDown();
            await(release);
          };
      // The callback keeps one of the threads alive that the foreign caller started.
      CountDownLatch gate = responses.closeGate();
      WeakReference<ClassLoader> loader =
          callFromOtherLoader(client.clusters(Fixtures.SPACE).async(), callback);
      gate.countDown();
      await(blocked);

      for (int i = 0; i < 100 && loader.get() != null; i++) {
        System.gc();
      }

      assertThat(loader.get()).isNull();
      release.countDown();
    }
  }

  private static WeakReference<ClassLoader> callFromOtherLoader(
      AsyncClustersApi clusters, Runnable callback) throws Exception {
    ClassLoader loader = new OneClassLoader(ForeignCaller.class);
    Class<?> type = loader.loadClass(ForeignCaller.class.getName());
    assertThat(type.getClassLoader()).isSameAs(loader);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked")
    Consumer<Object[]> caller = (Consumer<Object[]>) constructor.newInstance();
    Thread thread = new Thread(() -> caller.accept(new Object[] {clusters, callback}));
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    return new WeakReference<>(loader);
  }

  @Test
  void unclosedClients_thousand_leaveNoThreads() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      TypeDBCloudClient client = responses.client().build();
      client.clusters(Fixtures.SPACE).list();
      if (i % 10 == 0) {
        client.clusters(Fixtures.SPACE).async().list().get(20, TimeUnit.SECONDS);
      }
    }

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(PREFIX)) {
        thread.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(thread.isAlive()).as("%s lives on", thread.getName()).isFalse();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Defines one class itself, and takes all others from the loader of the tests. */
  private static final class OneClassLoader extends ClassLoader {
    private final Class<?> own;

    OneClassLoader(Class<?> own) {
      super(ClientThreadsTest.class.getClassLoader());
      this.own = own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (own == null || !name.equals(own.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream file =
          getParent().getResourceAsStream(name.replace('.', '/').concat(".class"))) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
