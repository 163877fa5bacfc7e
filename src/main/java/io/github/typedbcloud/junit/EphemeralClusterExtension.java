package io.github.typedbcloud.junit;

import io.github.typedbcloud.ephemeral.EphemeralCluster;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.model.DeployClusterRequest;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Injects running clusters into parameters of type {@link EphemeralCluster}, in an account or on a
 * simulator, and destroys them, also when a test fails. Before the first test of a class it sweeps
 * the clusters that killed test runs left behind.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EphemeralClusterExtension CLUSTERS =
 *     EphemeralClusterExtension.of(EphemeralClusters.builder(cloud, scope).idPrefix("my-it").build(), request);
 *
 * @BeforeAll
 * static void fill(EphemeralCluster shared) { … }
 *
 * @Test
 * void queries(EphemeralCluster own) { … }
 * }</pre>
 *
 * <p>The place of a parameter determines how long its cluster lives:
 *
 * <ul>
 *   <li>{@code @BeforeAll}, {@code @AfterAll} and constructors: one cluster for all tests of the
 *       class, destroyed after the last one. A nested class has its own.
 *   <li>Test methods, {@code @BeforeEach} and {@code @AfterEach}: one cluster for the test,
 *       destroyed after it.
 * </ul>
 *
 * <p>The first parameter of the type is the same cluster in all places of a kind, the second one is
 * a second cluster, and so on. For clusters of a class the extension must be in a static field, or
 * in any field of a class with the lifecycle {@code PER_CLASS}: JUnit does not notify others after
 * the class, so such a parameter is rejected. Works with JUnit 5.10 to 6.
 */
@SuppressWarnings("exports") // users of this package already have JUnit
public final class EphemeralClusterExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        AfterEachCallback,
        InvocationInterceptor,
        ParameterResolver {

  private final Namespace namespace = Namespace.create(this);
  private final EphemeralClusters clusters;
  private final DeployClusterRequest template;

  private EphemeralClusterExtension(EphemeralClusters clusters, DeployClusterRequest template) {
    this.clusters = Objects.requireNonNull(clusters, "clusters must not be null");
    this.template = Objects.requireNonNull(template, "template must not be null");
  }

  /**
   * Returns an extension for {@code @RegisterExtension}.
   *
   * @param clusters where to deploy and to sweep
   * @param template what to deploy; its ID is ignored
   */
  public static EphemeralClusterExtension of(
      EphemeralClusters clusters, DeployClusterRequest template) {
    return new EphemeralClusterExtension(clusters, template);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Says that afterAll will be called for this class.
    store(context).put(started(context), true);
    clusters.sweep();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EphemeralCluster.class;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ParameterResolutionException when the cluster could not be destroyed after the class
   */
  @Override
  public EphemeralCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Executable executable = parameter.getDeclaringExecutable();
    boolean isForClass = executable instanceof Constructor || context.getTestMethod().isEmpty();
    ExtensionContext owner = isForClass ? endingContext(executable, context) : context;
    return Objects.requireNonNull(
            store(owner)
                .getOrComputeIfAbsent(
                    injected(owner), unused -> new InjectedClusters(), InjectedClusters.class))
        .get(index(parameter), () -> clusters.deploy(template));
  }

  /** The context of the class, whose end this extension is notified of. */
  private ExtensionContext endingContext(Executable executable, ExtensionContext context) {
    ExtensionContext ofClass = classContext(context);
    // An instance of this lifecycle is created before beforeAll is called.
    boolean isPerClass =
        ofClass.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS));
    if (!isPerClass && store(ofClass).get(started(ofClass)) == null) {
      throw new ParameterResolutionException(
          "An EphemeralCluster for "
              + executable
              + " would not be destroyed after the class, because the EphemeralClusterExtension is"
              + " not in a static field; make that field static, or declare the parameter on the"
              + " test or on @BeforeEach.");
    }
    return ofClass;
  }

  private static ExtensionContext classContext(ExtensionContext context) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass;
  }

  /** How many parameters of the type come before this one. */
  private static int index(ParameterContext parameter) {
    Parameter[] all = parameter.getDeclaringExecutable().getParameters();
    int index = 0;
    for (int i = 0; i < parameter.getIndex(); i++) {
      if (all[i].getType() == EphemeralCluster.class) {
        index++;
      }
    }
    return index;
  }

  /**
   * Destroys the clusters of a class whose only instance cannot be created: no callback follows.
   */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> constructor,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      if (context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))) {
        try {
          destroyInjected(classContext(context));
        } catch (RuntimeException e) {
          failure.addSuppressed(e);
        }
      }
      throw failure;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    destroyInjected(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    destroyInjected(context);
  }

  private void destroyInjected(ExtensionContext context) {
    @Nullable InjectedClusters injected =
        store(context).remove(injected(context), InjectedClusters.class);
    if (injected != null) {
      injected.close();
    }
  }

  private Store store(ExtensionContext context) {
    return context.getStore(namespace);
  }

  /** Keys have the context, because a store shows the values of its parents too. */
  private static String started(ExtensionContext context) {
    return "started " + context.getUniqueId();
  }

  private static String injected(ExtensionContext context) {
    return "injected " + context.getUniqueId();
  }
}
