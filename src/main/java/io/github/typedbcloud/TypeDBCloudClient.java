package io.github.typedbcloud;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.api.Decoders;
import io.github.typedbcloud.internal.auth.Credentials;
import io.github.typedbcloud.internal.auth.CredentialsFile;
import io.github.typedbcloud.internal.auth.CredentialsSource;
import io.github.typedbcloud.internal.auth.TokenExchange;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.call.Backoff;
import io.github.typedbcloud.internal.call.CallExecutor;
import io.github.typedbcloud.internal.call.CallOptions;
import io.github.typedbcloud.internal.call.RetryBudget;
import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import io.github.typedbcloud.internal.concurrent.TaskContexts;
import io.github.typedbcloud.internal.concurrent.TaskExecutor;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.BaseUrl;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.internal.validation.RequestRules;
import io.github.typedbcloud.internal.version.Dependencies;
import io.github.typedbcloud.internal.wait.WaitCoordinator;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A client of TypeDB Cloud: holds the credentials, exchanges them for access tokens, and provides
 * the clusters of any project or space.
 *
 * <pre>{@code
 * try (TypeDBCloudClient cloud = TypeDBCloudClient.fromEnv()) {
 *   cloud.clusters(Scope.space("my-team", "default")).list().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Create one and share it: it is thread-safe, keeps its connections and tokens, and exchanges
 * the credentials once for all threads, in each version of the API that is used. All its threads
 * are daemons, so a program that does not {@link #close()} it still ends.
 */
public final class TypeDBCloudClient implements AutoCloseable {

  /** The URL of the service. */
  public static final String DEFAULT_BASE_URL = "https://cloud.typedb.com";

  /** The time limit of one call, including the token exchange. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /**
   * 16 MiB; a list of 10,000 clusters has 4 MB. The default is a sixteenth of the maximum heap
   * where that is less.
   */
  public static final long DEFAULT_MAX_RESPONSE_BYTES = 16L * 1024 * 1024;

  /** The part of the heap that a response body may have by default. */
  private static final int HEAP_PART = 16;

  /** The environment variable with the client ID. */
  public static final String CLIENT_ID_VARIABLE = "TYPEDB_CLOUD_CLIENT_ID";

  /** The environment variable with the client secret. */
  public static final String CLIENT_SECRET_VARIABLE = "TYPEDB_CLOUD_CLIENT_SECRET";

  /** The environment variable with the base URL; optional. */
  public static final String URL_VARIABLE = "TYPEDB_CLOUD_URL";

  private final BaseUrl baseUrl;
  private final HttpTransport transport;
  private final TaskExecutor tasks;
  private final WaitCoordinator waits;
  private final CallOptions options;
  private final ListenerDispatcher listeners;
  private final KnownSecrets secrets;
  private final Api projects;
  private final Api spaces;

  /** What differs between the versions of the API. */
  record Api(
      RequestRules rules,
      Catalog catalog,
      CallExecutor executor,
      TimeSource time,
      KnownSecrets secrets) {

    /** A message that quotes what the service sent, without the secrets of the client. */
    String withoutSecrets(String message) {
      return secrets.current().clean(message, CleanText.MAX_MESSAGE);
    }
  }

  private TypeDBCloudClient(Builder builder, CredentialsSource credentials) {
    baseUrl = builder.baseUrl;
    transport =
        new HttpTransport(
            baseUrl,
            builder.maxResponseBytes,
            builder.timeSource,
            builder.httpClient,
            builder.customizer,
            builder.callFactory);
    TaskContexts contexts = new TaskContexts(builder.taskDecorator);
    listeners =
        new ListenerDispatcher(builder.listeners, builder.timeSource, baseUrl.url(), contexts);
    secrets = new KnownSecrets();
    tasks = TaskExecutor.on(builder.asyncExecutor, contexts);
    waits = new WaitCoordinator(builder.timeSource, TypeDBCloudClient::random, tasks.callbacks());
    options =
        new CallOptions(
            builder.requestTimeout,
            builder.attemptTimeout,
            builder.maxAttempts,
            builder.verificationWindow,
            Map.of(),
            null);
    RetryBudget budget = new RetryBudget(builder.timeSource);
    Validation validation = builder.validation;
    projects =
        new Api(
            RequestRules.ofProjects(validation, builder.projectsCatalog),
            builder.projectsCatalog,
            executor(builder, credentials, budget, ApiVersion.PROJECTS),
            builder.timeSource,
            secrets);
    spaces =
        new Api(
            RequestRules.ofSpaces(validation, builder.spacesCatalog),
            builder.spacesCatalog,
            executor(builder, credentials, budget, ApiVersion.SPACES),
            builder.timeSource,
            secrets);
  }

  /** Starts with the defaults and without credentials. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A client with the credentials of the environment: {@value #CLIENT_ID_VARIABLE} and {@value
   * #CLIENT_SECRET_VARIABLE}, and {@value #URL_VARIABLE} where it is set.
   *
   * @throws IllegalStateException naming the variables that are missing
   * @throws IllegalArgumentException when one is invalid
   */
  public static TypeDBCloudClient fromEnv() {
    return builder().fromEnv().build();
  }

  /**
   * The clusters of a project or space. Nothing is sent.
   *
   * @param scope {@link Scope#project} for the API of early 2025, {@link Scope#space} for today's
   * @throws InvalidRequestException when a part of the scope is blank, {@code .} or {@code ..}, or
   *     contains control characters
   */
  public ClustersApi clusters(Scope scope) {
    Objects.requireNonNull(scope, "scope must not be null");
    Api api = ApiVersion.of(scope) == ApiVersion.PROJECTS ? projects : spaces;
    return new ScopedClusters(scope, api, waits, tasks, options, listeners);
  }

  /**
   * Ends all waits and releases the connections. In-flight calls may finish; waits, asynchronous
   * calls that have not started, and later calls fail with an {@link IllegalStateException}. A
   * second close does nothing. An {@code OkHttpClient} and an executor of the user stay open.
   */
  @Override
  public void close() {
    // First, because their futures are completed on threads of the tasks.
    waits.close();
    tasks.close();
    transport.close();
  }

  /** The base URL of this client, without a trailing slash. */
  public String baseUrl() {
    return baseUrl.url();
  }

  /** Human-readable form, without the credentials. */
  @Override
  public String toString() {
    return "TypeDBCloudClient[" + baseUrl + "]";
  }

  private CallExecutor executor(
      Builder builder, CredentialsSource credentials, RetryBudget budget, ApiVersion version) {
    TokenExchange exchange =
        new TokenExchange(
            transport,
            builder.timeSource,
            builder.requestTimeout,
            options.requestTimeout(),
            credentials,
            listeners,
            secrets,
            version);
    TokenManager tokens =
        new TokenManager(
            exchange,
            builder.timeSource,
            // One exchange an hour needs no thread pool.
            task -> DaemonThreads.start("typedb-cloud-token-exchange", task),
            tasks::captureContext,
            Decoders::prepare);
    return new CallExecutor(
        transport,
        tokens,
        builder.timeSource,
        new Backoff(TypeDBCloudClient::random),
        budget,
        listeners,
        secrets);
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Builds a client. Not thread-safe. */
  public static final class Builder {
    private @Nullable CredentialsSource credentials;
    private final List<OperationListener> listeners = new ArrayList<>();
    private BaseUrl baseUrl = BaseUrl.parse(DEFAULT_BASE_URL);
    private boolean insecureHttpAllowed;
    private Validation validation = Validation.STRICT;
    private Catalog projectsCatalog = Catalog.projects();
    private Catalog spacesCatalog = Catalog.spaces();
    private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
    private @Nullable Duration attemptTimeout;
    private int maxAttempts = RequestOptions.DEFAULT_MAX_ATTEMPTS;
    private Duration verificationWindow = RequestOptions.DEFAULT_VERIFICATION_WINDOW;
    private long maxResponseBytes =
        Math.min(DEFAULT_MAX_RESPONSE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART);
    private TimeSource timeSource = TimeSource.system();
    private @Nullable Executor asyncExecutor;
    private @Nullable OkHttpClient httpClient;
    private Consumer<OkHttpClient.Builder> customizer = unchanged -> {};
    private Function<? super OkHttpClient, ? extends Call.Factory> callFactory = client -> client;
    private @Nullable UnaryOperator<Runnable> taskDecorator;

    private Builder() {}

    /**
     * Sets the two parts of an API token, as the console of TypeDB Cloud shows them.
     *
     * @param clientId without a colon
     * @param clientSecret the secret
     * @throws IllegalArgumentException when one is empty, or contains a character that a header
     *     cannot carry (white space, a line break, anything but ASCII); the message repeats neither
     */
    public Builder credentials(String clientId, String clientSecret) {
      Authorization fixed = Credentials.of(clientId, clientSecret);
      this.credentials = CredentialsSource.fixed(fixed);
      return this;
    }

    /**
     * Reads the credentials, and the base URL when it is set, from the environment.
     *
     * @throws IllegalStateException naming the variables that are missing
     * @throws IllegalArgumentException when one is invalid
     */
    public Builder fromEnv() {
      return fromEnv(System.getenv());
    }

    /**
     * Reads them from other variables than those of this process.
     *
     * @param environment names and values
     * @throws IllegalStateException naming the variables that are missing
     * @throws IllegalArgumentException when one is invalid
     */
    public Builder fromEnv(Map<String, String> environment) {
      Objects.requireNonNull(environment, "environment must not be null");
      String url = environment.getOrDefault(URL_VARIABLE, "");
      if (!url.isEmpty()) {
        baseUrl(url);
      }
      Authorization fixed =
          Credentials.fromEnvironment(environment, CLIENT_ID_VARIABLE, CLIENT_SECRET_VARIABLE);
      this.credentials = CredentialsSource.fixed(fixed);
      return this;
    }

    /**
     * Reads the credentials from an env file with the lines {@code TYPEDB_CLOUD_CLIENT_ID=…} and
     * {@code TYPEDB_CLOUD_CLIENT_SECRET=…}, or from a directory with a file of each of these names,
     * which holds the value alone. It is read now, and again at each token exchange, so that a new
     * secret needs no restart.
     *
     * <p>In an env file a line may begin with {@code export}; a value may be in single or double
     * quotes, and must be if it contains a backslash or a quote. A value without quotes ends before
     * a space and {@code #}. Variables in values are not replaced. Empty lines, lines that start
     * with {@code #} or {@code ;}, and other variables, such as {@value
     * TypeDBCloudClient#URL_VARIABLE}, are ignored. Of two lines for a variable the last counts.
     *
     * <p>Where the file system has POSIX permissions, only the owner may be able to write the file,
     * and to read it ({@code chmod 600}). Read access of the group is accepted when the file
     * belongs to another user than that of this process, and logged as a warning otherwise. On a
     * file system in memory ({@code tmpfs}), as which secrets are mounted, all may read it.
     *
     * @param file an env file or a directory; UTF-8, 64 KiB at most
     * @throws IllegalStateException when it cannot be read or parsed, others can access it, or one
     *     of the two variables is missing; the message names the file, not what it holds
     * @throws IllegalArgumentException when one is invalid
     */
    public Builder credentialsFile(Path file) {
      CredentialsFile source =
          new CredentialsFile(file, CLIENT_ID_VARIABLE, CLIENT_SECRET_VARIABLE);
      source.get();
      this.credentials = source;
      return this;
    }

    /**
     * Sets a supplier of credentials, which is called at each token exchange: about once an hour
     * while the client is in use, and after a 401. So secrets can rotate without a restart. When
     * the supplier throws, the calls that need the token fail with a {@code TransportException},
     * and the next call calls it again. When it blocks, the calls that need the token wait for it
     * up to their own deadlines; after 30 s, or the request timeout when that is shorter, its
     * thread is interrupted and the next call calls it again.
     *
     * <p>A failed exchange is remembered, so that many calls do not make many exchanges: for 250
     * ms, or 1 s when the credentials were rejected, doubling with each failure in a row up to 30
     * s, and for as long as a {@code Retry-After} header of up to an hour requests. Until then
     * calls fail with the same failure. After a rejection each of them calls the supplier, and
     * other credentials are exchanged at once.
     *
     * @param supplier called on the thread of the exchange; must be thread-safe
     */
    public Builder credentials(Supplier<ClientCredentials> supplier) {
      Objects.requireNonNull(supplier, "supplier must not be null");
      this.credentials =
          () -> {
            ClientCredentials now =
                Objects.requireNonNull(supplier.get(), "the supplier of credentials returned null");
            return Credentials.of(now.clientId(), now.clientSecret());
          };
      return this;
    }

    /**
     * Adds a listener for the events of the client; see {@link OperationListener}. Listeners are
     * notified in the order in which they are added.
     *
     * @param listener must be thread-safe
     */
    public Builder listener(OperationListener listener) {
      this.listeners.add(Objects.requireNonNull(listener, "listener must not be null"));
      return this;
    }

    /**
     * Sets the base URL of the service; {@value TypeDBCloudClient#DEFAULT_BASE_URL} by default.
     *
     * <p>Requests to an {@code http} URL do not use the proxy of the JVM or system, which could
     * read the credentials; a proxy that is set in {@link #customizeHttpClient} is used.
     *
     * @param url {@code https}, or {@code http} to a loopback address, or to others with {@link
     *     #allowInsecureHttp()}; may have a path, to which the paths of the API are appended
     * @throws IllegalArgumentException when it is not a URL of a host alone and a path
     */
    public Builder baseUrl(String url) {
      this.baseUrl = BaseUrl.parse(Credentials.requireNonNull("url", url));
      return this;
    }

    /**
     * Accepts a base URL with {@code http} to any host, such as a simulator in another container.
     * Whoever can read the network between them then gets the credentials, which are sent
     * unencrypted; {@link #build()} logs this as a warning. No environment variable sets it.
     */
    public Builder allowInsecureHttp() {
      this.insecureHttpAllowed = true;
      return this;
    }

    /**
     * Sets which rules a request is validated against before it is sent; {@link Validation#STRICT}
     * by default.
     *
     * @param mode the rules
     */
    public Builder validation(Validation mode) {
      this.validation = Objects.requireNonNull(mode, "validation must not be null");
      return this;
    }

    /**
     * Sets what project scopes offer; {@link Catalog#projects()} by default.
     *
     * @param catalog used by the rules, and for the storage type of requests without one
     */
    public Builder catalogForProjects(Catalog catalog) {
      this.projectsCatalog = Objects.requireNonNull(catalog, "catalog must not be null");
      return this;
    }

    /**
     * Sets what space scopes offer; {@link Catalog#spaces()} by default.
     *
     * @param catalog used by the rules, and for the storage type of requests without one
     */
    public Builder catalogForSpaces(Catalog catalog) {
      this.spacesCatalog = Objects.requireNonNull(catalog, "catalog must not be null");
      return this;
    }

    /**
     * Sets the time limit of one call: the token exchange, all attempts, the pauses between them,
     * and the reads that verify a write; 30 s by default. A wait makes many calls and has its own
     * timeout. {@link RequestOptions#within} sets it for single calls.
     *
     * @param timeout more than zero, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder requestTimeout(Duration timeout) {
      Objects.requireNonNull(timeout, "timeout must not be null");
      this.requestTimeout = RequestOptions.requireDeadline(timeout, "request timeout");
      return this;
    }

    /**
     * Sets the time limit of each request: of an attempt, of a read that verifies a write, of a
     * poll, and of a token exchange; a third of the request timeout by default, 10 s. See {@link
     * RequestOptions.Builder#attemptTimeout}.
     *
     * @param timeout more than zero, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder attemptTimeout(Duration timeout) {
      Objects.requireNonNull(timeout, "timeout must not be null");
      this.attemptTimeout = RequestOptions.requireDeadline(timeout, "attempt timeout");
      return this;
    }

    /**
     * Sets the maximum number of attempts; {@value RequestOptions#DEFAULT_MAX_ATTEMPTS} by default.
     * See {@link RequestOptions.Builder#maxAttempts}.
     *
     * @param attempts from 1 to {@value RequestOptions#MAX_ATTEMPTS}
     * @throws IllegalArgumentException when it is not
     */
    public Builder maxAttempts(int attempts) {
      this.maxAttempts = RequestOptions.requireAttempts(attempts);
      return this;
    }

    /**
     * Sets how long a write of unknown outcome is verified; 10 s by default. See {@link
     * RequestOptions.Builder#verificationWindow}.
     *
     * @param window zero or more, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder verificationWindow(Duration window) {
      Objects.requireNonNull(window, "window must not be null");
      this.verificationWindow = RequestOptions.requireVerificationWindow(window);
      return this;
    }

    /**
     * Sets the maximum size of a response body, after decompression; 16 MiB by default, or a
     * sixteenth of the maximum heap where that is less.
     *
     * @param bytes more than zero
     * @throws IllegalArgumentException when it is not
     */
    public Builder maxResponseBytes(long bytes) {
      if (bytes <= 0 || bytes >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "A limit of " + bytes + " bytes is not possible; use 1 to 2147483646.");
      }
      this.maxResponseBytes = bytes;
      return this;
    }

    /**
     * Sets the source of time; the system clock by default. Tests use a manual one.
     *
     * @param source the source of time
     */
    public Builder timeSource(TimeSource source) {
      this.timeSource = Objects.requireNonNull(source, "timeSource must not be null");
      return this;
    }

    /**
     * Sets the executor that runs the calls of {@link ClustersApi#async}, each of which blocks a
     * thread while it is in-flight. It runs nothing else: futures are completed, and the listeners
     * of asynchronous waits are notified, on daemon threads of the client, so that a callback may
     * block. The client does not close the executor.
     *
     * <p>By default calls run on daemon threads that are created when they are needed and end after
     * 2 s without work. At most 32 calls are in-flight at a time; on Java 21 and later, where the
     * threads are virtual, 256. Further calls are queued, and fail when their deadline passes in
     * the queue. {@code Executors.newVirtualThreadPerTaskExecutor()} sets no limit.
     *
     * @param executor the executor; a call that it rejects is not sent and fails, and one that it
     *     does not run fails at its deadline
     */
    public Builder asyncExecutor(Executor executor) {
      this.asyncExecutor = Objects.requireNonNull(executor, "executor must not be null");
      return this;
    }

    /**
     * Sets the {@code OkHttpClient} to build on: its connections, threads, interceptors and
     * timeouts are used, and {@link TypeDBCloudClient#close()} leaves it open. Redirects and the
     * cache are disabled for calls of this client. After an attempt timed out, this client
     * continues with a connection pool of its own, because the connections may have gone silent.
     *
     * @param client the client
     */
    @SuppressWarnings("exports") // the one place where users meet OkHttp, with the next method
    public Builder httpClient(OkHttpClient client) {
      this.httpClient = Objects.requireNonNull(client, "httpClient must not be null");
      return this;
    }

    /**
     * Customizes the {@code OkHttpClient} before it is built: a proxy, TLS, interceptors, event
     * listeners. Called once by {@link #build()}; several changes are made in the order in which
     * they were set. An interceptor that changes a request must derive it with {@code
     * newBuilder()}. A write and a token exchange are sent once: when an interceptor proceeds a
     * second time, that fails, and the outcome of the write is unknown. The client does not close a
     * connection pool that is set here.
     *
     * @param change customizes the builder
     */
    @SuppressWarnings("exports") // see httpClient
    public Builder customizeHttpClient(Consumer<OkHttpClient.Builder> change) {
      Objects.requireNonNull(change, "change must not be null");
      this.customizer = customizer.andThen(change);
      return this;
    }

    /**
     * Wraps the {@code OkHttpClient} in a factory of calls, such as that of OpenTelemetry's
     * instrumentation: {@code callFactory(OkHttpTelemetry.create(telemetry)::createCallFactory)}.
     *
     * <p>The calls of the factory must be sent on the thread that executes them, with the client
     * that it was given or with one derived from it, to which no network interceptor is added that
     * replaces the body of a request; {@code cancel()} and {@code timeout()} must be those of the
     * client's call. As for interceptors, a changed request is derived with {@code newBuilder()},
     * and a write is sent once. When the factory throws or returns null, nothing is sent, and the
     * call fails with a {@code TransportException}.
     *
     * @param factory replaces one that was set before; called by {@link #build()}, and again, on
     *     the thread of a call, whenever this client replaces its connection pool after an attempt
     *     timed out; when it throws then or returns null, the old pool is kept. Must be thread-safe
     */
    @SuppressWarnings("exports") // see httpClient
    public Builder callFactory(Function<? super OkHttpClient, ? extends Call.Factory> factory) {
      this.callFactory = Objects.requireNonNull(factory, "factory must not be null");
      return this;
    }

    /**
     * Sets what carries the context of a thread, such as its trace, MDC or security context, to the
     * threads that do its work; by default nothing is carried. For example {@code task ->
     * Context.current().wrap(task)} with OpenTelemetry, or {@code task ->
     * ContextSnapshotFactory.builder().build().captureAll().wrap(task)} with Micrometer.
     *
     * <p>The decorator is called on the thread that causes the work, and what it returns is run on
     * the thread that does it:
     *
     * <ul>
     *   <li>an asynchronous call, and the completion of its future, with the context of the caller
     *   <li>the polls of a wait, the listener of an asynchronous wait and the completion of its
     *       future, with the context of the caller of the wait. Of the waits that share a poll, it
     *       is the one in {@link io.github.typedbcloud.event.CallInfo#waitInfo}
     *   <li>a token exchange, also one in the background, with that of the call that started it
     *   <li>listeners that are notified of polls, with that of the poll
     * </ul>
     *
     * <p>Not carried to: the lookups of a {@code Dns} of your own, which have threads of their own.
     *
     * <p>What the decorator returns may be run more than once, for example for each poll, and by
     * several threads. It must run the given task on the same thread, and must not block: around a
     * poll that would delay all waits of its scope. When the decorator throws or returns null, or
     * what it returns throws or does not run the task, the work is done once all the same, without
     * the context, and a warning is logged.
     *
     * <p>Of several decorators, each is applied to what the one before it returned.
     *
     * @param decorator must be thread-safe
     */
    public Builder taskDecorator(UnaryOperator<Runnable> decorator) {
      Objects.requireNonNull(decorator, "decorator must not be null");
      UnaryOperator<Runnable> inner = taskDecorator;
      this.taskDecorator = inner == null ? decorator : task -> decorator.apply(inner.apply(task));
      return this;
    }

    /**
     * Builds the client. Nothing is sent until it is used.
     *
     * @throws IllegalStateException when no credentials are set, or a library on the class path is
     *     too old
     * @throws IllegalArgumentException when the base URL is {@code http} to a host that is not
     *     loopback, and {@link #allowInsecureHttp()} was not called
     */
    public TypeDBCloudClient build() {
      Dependencies.require();
      if (credentials == null) {
        throw new IllegalStateException(
            "A client needs credentials; call credentials(id, secret) or fromEnv() first.");
      }
      if (!baseUrl.isSecure()) {
        checkInsecureHttp();
      }
      return new TypeDBCloudClient(this, credentials);
    }

    private void checkInsecureHttp() {
      if (!insecureHttpAllowed) {
        throw new IllegalArgumentException(
            "The base URL is http, which would send the credentials in the clear to "
                + baseUrl.host()
                + "; use https or a loopback address, or call allowInsecureHttp() if everyone on"
                + " the network may read them.");
      }
      LoggerFactory.getLogger("io.github.typedbcloud.security")
          .warn(
              "Credentials, access tokens and all data are sent unencrypted to {}, because"
                  + " allowInsecureHttp() was called; use https outside tests",
              baseUrl.host());
    }

    /** Human-readable form, without the credentials. */
    @Override
    public String toString() {
      return "TypeDBCloudClient.Builder["
          + baseUrl
          + (credentials == null ? ", no credentials" : ", credentials ***")
          + "]";
    }
  }
}
