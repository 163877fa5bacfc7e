package io.github.typedbcloud.junit;

import io.github.typedbcloud.ephemeral.EphemeralCluster;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.model.DeployClusterRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects a running cluster into each test that has a parameter of type {@link EphemeralCluster},
 * in an account or on a simulator, and destroys it after the test, also when that fails. Before the
 * first test of a class it sweeps the clusters that killed test runs left behind.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EphemeralClusterExtension CLUSTERS =
 *     EphemeralClusterExtension.of(EphemeralClusters.builder(cloud, scope).idPrefix("my-it").build(), request);
 *
 * @Test
 * void queries(EphemeralCluster cluster) { … }
 * }</pre>
 */
@SuppressWarnings("exports") // users of this package already have JUnit
public final class EphemeralClusterExtension
    implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

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
    clusters.sweep();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EphemeralCluster.class;
  }

  @Override
  public EphemeralCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(namespace)
        .getOrComputeIfAbsent(
            EphemeralCluster.class, unused -> clusters.deploy(template), EphemeralCluster.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    @Nullable EphemeralCluster cluster =
        context.getStore(namespace).remove(EphemeralCluster.class, EphemeralCluster.class);
    if (cluster != null) {
      cluster.close();
    }
  }
}
